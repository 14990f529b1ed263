-- The newest $4 posts of user $1's feed below position $2 (epoch microseconds) and id $3. Locks nothing.
-- What is farther off than 64 bits can say, as infinity is, has the farthest position that they can.
-- Reads from each author at most $4 entries of the index posts_author_created, and nothing else of posts but the
-- rows that it returns.
-- As it stands, ids are numbers. If they are UUIDs or texts, bigint/*users*/ and bigint/*posts*/ are their types, and
-- if those of posts are texts, /*order*/ is collate "C".
with authors as (
  select f.followee_id as id
  from streams_model.follows f
  join streams_model.users a on a.id = f.followee_id and a.is_active
  where f.follower_id = $1::bigint/*users*/ and f.status = 'accepted'
  union all
  select u.id from streams_model.users u where u.id = $1::bigint/*users*/ and u.is_active
), newest as (
  select theirs.id, theirs.created_at
  from authors
  cross join lateral (
    select p.id, p.created_at
    from streams_model.posts p
    where p.author_id = authors.id
      and not p.is_deleted
      and p.in_feeds
      and p.visibility in ('public', 'unlisted', 'followers')
      and (p.created_at, p.id/*order*/) < (
        case
          when $2::bigint = 9223372036854775807 then timestamptz 'infinity'
          when $2::bigint < -210866803200000000 then timestamptz '-infinity' -- before 4714 BC, the first that there is
          else timestamptz 'epoch' + $2::bigint / 1000000 * interval '1 second'
                                   + $2::bigint % 1000000 * interval '1 microsecond'
        end, $3::bigint/*posts*/)
    order by p.created_at desc, p.id/*order*/ desc
    limit $4::int
  ) theirs
  order by theirs.created_at desc, theirs.id/*order*/ desc
  limit $4::int
)
select p.id, p.author_id, p.content, p.created_at,
       (case p.created_at when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
              else least(extract(epoch from p.created_at) * 1000000, 9223372036854775806) end)::bigint as position
from newest
join streams_model.posts p on p.id = newest.id
order by p.created_at desc, p.id/*order*/ desc

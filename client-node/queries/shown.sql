-- Of the posts $2 those that user $1 may see. Reads by primary keys only, locks nothing.
-- As it stands, ids are numbers. If they are UUIDs or texts, bigint/*users*/ and bigint/*posts*/ are their types.
select p.id, p.author_id, p.content, p.created_at,
       (case p.created_at when 'infinity' then 9223372036854775807 when '-infinity' then -9223372036854775808
              else least(extract(epoch from p.created_at) * 1000000, 9223372036854775806) end)::bigint as position
from streams_model.posts p
join streams_model.users a on a.id = p.author_id and a.is_active
left join streams_model.follows f on f.follower_id = $1::bigint/*users*/ and f.followee_id = p.author_id and f.status = 'accepted'
where p.id = any ($2::bigint/*posts*/[])
  and not p.is_deleted
  and p.in_feeds
  and p.visibility in ('public', 'unlisted', 'followers')
  and (f.follower_id is not null or p.author_id = $1::bigint/*users*/)

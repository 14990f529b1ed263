-- What the simulated backend says to tables as Mastodon has them: posts that are unlisted, answers that are posts, boosts.
-- There are no reels and no comments. How to write such a file: models/shareuptime/traffic.sql.

-- The application makes the ids and the times, which have no zone.
-- name: SIGN_UP
insert into accounts (id, username, display_name, avatar_remote_url, created_at, updated_at)
values (:user, :username, :display_name, :avatar_url, now() at time zone 'UTC', now() at time zone 'UTC')
on conflict do nothing

-- name: CHANGE_PROFILE
update accounts
set username = coalesce(:username, username), display_name = :display_name, avatar_remote_url = :avatar_url,
    updated_at = now() at time zone 'UTC'
where id = :user

-- name: REACTIVATE_USER
update accounts set suspended_at = null where id = :user

-- name: DEACTIVATE_USER
update accounts set suspended_at = now() at time zone 'UTC' where id = :user

-- name: DELETE_USER
delete from accounts where id = :user

-- name: TAKE_LIKES
delete from favourites where account_id = :user returning 'post', status_id

-- name: PUBLISH.post
insert into statuses (id, account_id, visibility, created_at, updated_at, text)
values (:target, :user, array_position(array['public', 'unlisted', 'followers', 'private'], :visibility) - 1,
        now() at time zone 'UTC' - :number * interval '1 ms', now() at time zone 'UTC', :text)
on conflict do nothing

-- name: REPLY.post
insert into statuses (id, account_id, visibility, created_at, updated_at, text, in_reply_to_id)
values (:target, :user, array_position(array['public', 'unlisted', 'followers', 'private'], :visibility) - 1,
        now() at time zone 'UTC' - :number * interval '1 ms', now() at time zone 'UTC', :text, :answered)
on conflict do nothing

-- A post that has gone is liked in vain.
-- name: LIKE
insert into favourites (status_id, account_id, created_at, updated_at)
select id, :user, now() at time zone 'UTC', now() at time zone 'UTC' from statuses where id = :target
on conflict do nothing

-- name: UNLIKE
delete from favourites where status_id = :target and account_id = :user

-- name: CLEAR_LIKES
delete from favourites where status_id = :target

-- name: SHARE.post
insert into statuses (reblog_of_id, id, account_id, created_at, updated_at)
values (:target, :share, :user, now() at time zone 'UTC', now() at time zone 'UTC')

-- name: UNSHARE
delete from statuses where id = :share

-- name: FOLLOW
insert into follows (account_id, target_account_id, created_at, updated_at)
values (:user, :followee, now() at time zone 'UTC', now() at time zone 'UTC')
on conflict do nothing

-- name: UNFOLLOW
delete from follows where account_id = :user and target_account_id = :followee

-- name: EDIT.post
update statuses set text = :text, updated_at = now() at time zone 'UTC' where id = :target

-- name: EDIT_ODDLY.post
update statuses set text = :odd_text, updated_at = now() at time zone 'UTC' where id = :target

-- name: ATTACH_MEDIA.post
update statuses set spoiler_text = 'Picture ' || :number where id = :target

-- name: TOUCH.post
update statuses set updated_at = now() at time zone 'UTC' where id = :target

-- name: OPEN.post
update statuses set visibility = 0, updated_at = now() at time zone 'UTC' where id = :target

-- name: UNLIST.post
update statuses set visibility = 1, updated_at = now() at time zone 'UTC' where id = :target

-- name: LIMIT.post
update statuses set visibility = 2, updated_at = now() at time zone 'UTC' where id = :target

-- name: CLOSE.post
update statuses set visibility = 3, updated_at = now() at time zone 'UTC' where id = :target

-- name: MOVE.post
update statuses set account_id = :user where id = :target

-- name: DATE.post
update statuses set created_at = now() at time zone 'UTC' - :number * interval '1 ms' where id = :target

-- name: HIDE.post
update statuses set deleted_at = now() at time zone 'UTC' where id = :target

-- name: RESTORE.post
update statuses set deleted_at = null where id = :target

-- Its boosts go along; its answers stay, as posts like others.
-- name: DELETE.post
delete from statuses where id = :target

-- name: OWN_USER
insert into accounts (id, username, display_name, created_at, updated_at)
values ((extract(epoch from clock_timestamp()) * 1000000)::bigint * 32 + floor(random() * 32)::bigint, :username,
        'Own writes', now() at time zone 'UTC', now() at time zone 'UTC')
on conflict (lower(username), coalesce(lower(domain), '')) do update set display_name = excluded.display_name
returning id

-- name: OWN_POST
insert into statuses (id, account_id, text, created_at, updated_at)
values ((extract(epoch from clock_timestamp()) * 1000000)::bigint * 32 + floor(random() * 32)::bigint, :user,
        'Own writes', now() at time zone 'UTC', now() at time zone 'UTC')
returning id

-- Boosts are rows of the same table as posts: ids that no post has.
-- name: FIRST_SHARE
select (1::bigint << 61) + extract(epoch from clock_timestamp())::bigint * 1000000

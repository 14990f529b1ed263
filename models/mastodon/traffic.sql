-- What the simulated backend says to Mastodon's tables. How to write such a file: models/shareuptime/traffic.sql.

-- name: SIGN_UP
insert into accounts (id, username, display_name, avatar_remote_url, created_at, updated_at)
values (:user, :username, coalesce(:display_name, ''), :avatar_url, now() at time zone 'UTC', now() at time zone 'UTC')
on conflict do nothing

-- name: CHANGE_PROFILE
update accounts
set username = coalesce(:username, username), display_name = coalesce(:display_name, ''), avatar_remote_url = :avatar_url,
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

-- name: CLEAR_LIKES_OF.post
delete from favourites where status_id in (select id from statuses where account_id = :user)

-- name: PUBLISH.post
insert into statuses (id, account_id, visibility, created_at, updated_at, text)
values (:target, :user, case :visibility when 'public' then 0 when 'unlisted' then 1 when 'followers' then 2 else 3 end,
        (now() - :number * interval '1 ms') at time zone 'UTC', now() at time zone 'UTC', :text)
on conflict do nothing

-- name: REPLY.post
insert into statuses (id, account_id, visibility, created_at, updated_at, text, in_reply_to_id)
values (:target, :user, case :visibility when 'public' then 0 when 'unlisted' then 1 when 'followers' then 2 else 3 end,
        (now() - :number * interval '1 ms') at time zone 'UTC', now() at time zone 'UTC', :text, :answered)
on conflict do nothing

-- A post that has gone is liked in vain.
-- name: LIKE.post
insert into favourites (status_id, account_id, created_at, updated_at)
select id, :user, now() at time zone 'UTC', now() at time zone 'UTC' from statuses where id = :target
on conflict do nothing

-- name: LIKE_AT_ODD_TIME.post
insert into favourites (status_id, account_id, created_at, updated_at)
values (:target, :user, :odd_time::timestamptz at time zone 'UTC', now() at time zone 'UTC')
on conflict do nothing

-- name: UNLIKE.post
delete from favourites where status_id = :target and account_id = :user

-- name: CLEAR_LIKES.post
delete from favourites where status_id = :target

-- name: COMMENT.post
insert into statuses (in_reply_to_id, id, account_id, text, created_at, updated_at)
values (:target, :comment, :user, 'A remark in passing', now() at time zone 'UTC', now() at time zone 'UTC')

-- name: RESTORE_COMMENT
update statuses set deleted_at = null where id = :comment and deleted_at is not null

-- name: HIDE_COMMENT
update statuses set deleted_at = now() at time zone 'UTC' where id = :comment and deleted_at is null

-- name: DELETE_COMMENT
delete from statuses where id = :comment and deleted_at is null

-- name: PURGE_COMMENT
delete from statuses where id = :comment and deleted_at is not null

-- name: CLEAR_COMMENTS.post
delete from statuses where in_reply_to_id = :target

-- name: SHARE.post
insert into statuses (reblog_of_id, id, account_id, created_at, updated_at)
values (:target, :share, :user, now() at time zone 'UTC', now() at time zone 'UTC')

-- name: UNSHARE
delete from statuses where id = :share

-- name: MARK.post
insert into bookmarks (status_id, account_id, created_at, updated_at)
select id, :user, now() at time zone 'UTC', now() at time zone 'UTC' from statuses where id = :target
on conflict do nothing

-- name: UNMARK.post
delete from bookmarks where status_id = :target and account_id = :user

-- name: FOLLOW
insert into follows (account_id, target_account_id, created_at, updated_at)
values (:user, :followee, now() at time zone 'UTC', now() at time zone 'UTC')
on conflict do nothing

-- name: UNFOLLOW
delete from follows where account_id = :user and target_account_id = :followee

-- name: EDIT.post
update statuses set text = :text, edited_at = now() at time zone 'UTC' where id = :target

-- name: EDIT_ODDLY.post
update statuses set text = :odd_text, edited_at = now() at time zone 'UTC' where id = :target

-- name: ATTACH_MEDIA.post
update statuses set language = 'l' || :number where id = :target

-- name: TOUCH.post
update statuses set edited_at = now() at time zone 'UTC' where id = :target

-- name: TOUCH_ODDLY.post
update statuses set edited_at = :odd_time::timestamptz at time zone 'UTC' where id = :target

-- name: OPEN.post
update statuses set visibility = 0 where id = :target

-- name: UNLIST.post
update statuses set visibility = 1 where id = :target

-- name: LIMIT.post
update statuses set visibility = 2 where id = :target

-- name: CLOSE.post
update statuses set visibility = 3 where id = :target

-- name: MOVE.post
update statuses set account_id = :user where id = :target

-- name: DATE.post
update statuses set created_at = (now() - :number * interval '1 ms') at time zone 'UTC' where id = :target

-- name: DATE_ODDLY.post
update statuses set created_at = :odd_time::timestamptz at time zone 'UTC' where id = :target

-- name: HIDE.post
update statuses set deleted_at = now() at time zone 'UTC' where id = :target

-- name: RESTORE.post
update statuses set deleted_at = null where id = :target

-- Its boosts go with it; its replies stay, as posts that answer nothing.
-- name: DELETE.post
delete from statuses where id = :target

-- name: OWN_USER
insert into accounts (id, username, display_name, created_at, updated_at)
values (nextval('accounts_id_seq'), :username, 'Own writes', now() at time zone 'UTC', now() at time zone 'UTC')
on conflict (lower(username), coalesce(lower(domain), '')) do update set display_name = excluded.display_name
returning id

-- name: OWN_POST
insert into statuses (id, account_id, text, created_at, updated_at)
values (nextval('statuses_id_seq'), :user, 'Own writes', now() at time zone 'UTC', now() at time zone 'UTC')
returning id

-- name: FIRST_USER
with first as (select nextval('accounts_id_seq') as id)
select id, setval('accounts_id_seq', id + :range) from first

-- Posts, replies and boosts are of one table.
-- name: FIRST_POST
with first as (select nextval('statuses_id_seq') as id)
select id, setval('statuses_id_seq', id + :range) from first

-- name: FIRST_COMMENT
with first as (select nextval('statuses_id_seq') as id)
select id, setval('statuses_id_seq', id + :range) from first

-- name: FIRST_SHARE
with first as (select nextval('statuses_id_seq') as id)
select id, setval('statuses_id_seq', id + :range) from first

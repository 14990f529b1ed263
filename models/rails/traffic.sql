-- What the simulated backend says to the tables that Rails has made. How to write such a file:
-- models/shareuptime/traffic.sql.

-- name: SIGN_UP
insert into users (id, email, first_name, created_at, updated_at)
values (:user, :username, :display_name, now() at time zone 'UTC', now() at time zone 'UTC')
on conflict do nothing

-- name: CHANGE_PROFILE
update users
set email = coalesce(:username, email), first_name = split_part(:display_name, ' ', 1),
    last_name = substr(:display_name, strpos(:display_name || ' ', ' ') + 1), updated_at = now() at time zone 'UTC'
where id = :user

-- name: REACTIVATE_USER
update users set discarded_at = null where id = :user

-- name: DEACTIVATE_USER
update users set discarded_at = now() at time zone 'UTC' where id = :user

-- name: MAKE_USER_PRIVATE
update users set private = true where id = :user

-- name: MAKE_USER_PUBLIC
update users set private = false where id = :user

-- Nothing else goes: there are no foreign keys, and posts belong to nobody then.
-- name: DELETE_USER
with posts as (update posts set user_id = null where user_id = :user)
delete from users where id = :user

-- name: TAKE_LIKES
delete from likes where user_id = :user returning 'post', post_id

-- name: CLEAR_LIKES_OF.post
delete from likes where post_id in (select id from posts where user_id = :user)

-- name: PUBLISH.post
insert into posts (id, user_id, status, published, created_at, updated_at, body)
values (:target, :user, case :visibility when 'public' then 1 else 0 end, true,
        (now() - :number * interval '1 ms') at time zone 'UTC', now() at time zone 'UTC', :text)
on conflict do nothing

-- name: LIKE.post
insert into likes (post_id, user_id, created_at, updated_at)
select p.id, u.id, now() at time zone 'UTC', now() at time zone 'UTC'
from (values (:target::bigint, :user::bigint)) as l (post, fan) join posts p on p.id = l.post join users u on u.id = l.fan
where not exists (select from likes where post_id = l.post and user_id = l.fan)

-- name: UNLIKE.post
delete from likes where post_id = :target and user_id = :user

-- name: CLEAR_LIKES.post
delete from likes where post_id = :target

-- name: COMMENT.post
insert into comments (commentable_type, commentable_id, id, user_id, body, created_at, updated_at)
values ('Post', :target, :comment, :user, 'A remark in passing', now() at time zone 'UTC', now() at time zone 'UTC')

-- name: RESTORE_COMMENT
update comments set deleted = false where id = :comment and deleted

-- name: HIDE_COMMENT
update comments set deleted = true where id = :comment and deleted is not true

-- name: DELETE_COMMENT
delete from comments where id = :comment and deleted is not true

-- name: PURGE_COMMENT
delete from comments where id = :comment and deleted

-- name: CLEAR_COMMENTS.post
delete from comments where commentable_type = 'Post' and commentable_id = :target

-- A quarter of all votes are down votes.
-- name: MARK.post
insert into votes (votable_type, votable_id, voter_type, voter_id, vote_flag, vote_weight, created_at, updated_at)
select 'Post', v.post, 'User', v.voter, v.weight % 4 > 0, v.weight, now() at time zone 'UTC', now() at time zone 'UTC'
from (values (:target::bigint, :user::bigint, :number::integer)) as v (post, voter, weight)
where not exists (select from votes where votable_type = 'Post' and votable_id = v.post and voter_id = v.voter)

-- name: UNMARK.post
delete from votes where votable_type = 'Post' and votable_id = :target and voter_id = :user

-- name: MARK_COMMENT
insert into votes (votable_type, votable_id, voter_type, voter_id, vote_flag, created_at, updated_at)
select 'Comment', v.comment, 'User', v.voter, true, now() at time zone 'UTC', now() at time zone 'UTC'
from (values (:comment::bigint, :user::bigint)) as v (comment, voter)
where not exists (select from votes where votable_type = 'Comment' and votable_id = v.comment and voter_id = v.voter)

-- name: UNMARK_COMMENT
delete from votes where votable_type = 'Comment' and votable_id = :comment and voter_id = :user

-- name: FOLLOW
insert into follows (followable_type, followable_id, follower_type, follower_id, created_at)
values ('User', :followee, 'User', :user, now() at time zone 'UTC')
on conflict do nothing

-- name: UNFOLLOW
delete from follows
where followable_type = 'User' and followable_id = :followee and follower_type = 'User' and follower_id = :user

-- name: EDIT.post
update posts set body = :text where id = :target

-- name: EDIT_ODDLY.post
update posts set body = :odd_text where id = :target

-- name: TOUCH.post
update posts set cached_votes_up = cached_votes_up + 1, updated_at = now() at time zone 'UTC' where id = :target

-- name: OPEN.post
update posts set status = 1 where id = :target

-- name: CLOSE.post
update posts set status = 0 where id = :target

-- name: MOVE.post
update posts set user_id = :user where id = :target

-- name: DATE.post
update posts set created_at = (now() - :number * interval '1 ms') at time zone 'UTC' where id = :target

-- name: DATE_ODDLY.post
update posts set created_at = :odd_time::timestamptz at time zone 'UTC' where id = :target

-- name: HIDE.post
update posts set status = 2 where id = :target

-- name: RESTORE.post
update posts set status = 1 where id = :target

-- name: DELETE.post
delete from posts where id = :target

-- name: OWN_USER
with there as (select id from users where email = :username),
added as (
  insert into users (email, created_at, updated_at)
  select :username, now() at time zone 'UTC', now() at time zone 'UTC' where not exists (select from there)
  returning id)
select id from there union all select id from added

-- name: OWN_POST
insert into posts (user_id, status, published, created_at, updated_at, body)
values (:user, 1, true, now() at time zone 'UTC', now() at time zone 'UTC', 'Own writes')
returning id

-- name: FIRST_USER
with first as (select nextval(pg_get_serial_sequence('users', 'id')) as id)
select id, setval(pg_get_serial_sequence('users', 'id'), id + :range) from first

-- name: FIRST_POST
with first as (select nextval(pg_get_serial_sequence('posts', 'id')) as id)
select id, setval(pg_get_serial_sequence('posts', 'id'), id + :range) from first

-- name: FIRST_COMMENT
with first as (select nextval(pg_get_serial_sequence('comments', 'id')) as id)
select id, setval(pg_get_serial_sequence('comments', 'id'), id + :range) from first

-- What the simulated backend of `demo`, `traffic` and `check` says to ShareUptime's own tables, a statement for each thing
-- that it does. Run by them only; each locks the rows that it writes, for as long as its transaction.
--
-- `-- name: LIKE` begins a statement, up to the next name. HIDE.post is said of posts, HIDE.reel of reels, LIKE of both.
-- Values stand in it by name. Ids are typed as the columns are: :user (who does it, or to whom it is done), :followee,
-- :target (a post or reel, whose :type is 'post' or 'reel'), :comment, :parent (the comment that is answered, or null),
-- :share. Texts: :text, :odd_text, :odd_time (cast it), :username (null where it stays), :display_name, :avatar_url
-- (8,000 letters at most, or null), :visibility (public, followers, private). :is_verified is a boolean, :number a bigint,
-- :range how many ids are taken.
--
-- What is left out never happens, nor the faults that need it; SIGN_UP, PUBLISH.post, LIKE, UNLIKE, FOLLOW, UNFOLLOW,
-- OWN_USER and OWN_POST must be there, and reels are published if PUBLISH.reel is. What these tables do not have, others
-- may: private accounts (MAKE_USER_PRIVATE and MAKE_USER_PUBLIC of a :user), posts that are unlisted (UNLIST.post of a
-- :target; PUBLISH.post is then given that :visibility, too), and answers that are posts in no feed (REPLY.post, which has
-- what PUBLISH.post has, and the post that is :answered), and what else is counted: for a :target (MARK, UNMARK, of a :user and
-- with a weight from 1 to 50 as :number) or a :comment (MARK_COMMENT, UNMARK_COMMENT). A statement that changes nothing
-- because it was said before must say so by changing no row. LIKE and FOLLOW are said in races where they end with
-- `on conflict do nothing`. How their effects show, the views of the model tell.

-- name: SIGN_UP
insert into users (id, username, display_name, avatar_url, is_verified)
values (:user, :username, :display_name, :avatar_url, :is_verified)
on conflict do nothing

-- name: CHANGE_PROFILE
update users
set username = coalesce(:username, username), display_name = :display_name, avatar_url = :avatar_url,
    is_verified = :is_verified, updated_at = now()
where id = :user

-- name: REACTIVATE_USER
update users set is_active = true, updated_at = now() where id = :user

-- name: DEACTIVATE_USER
update users set is_active = false, updated_at = now() where id = :user

-- The user, with all that foreign keys take along.
-- name: DELETE_USER
delete from users where id = :user

-- The likes that a user has given; told are their targets.
-- name: TAKE_LIKES
delete from likes where user_id = :user returning target_type, target_id

-- The likes that a user's posts, or reels, have got.
-- name: CLEAR_LIKES_OF.post
delete from likes where target_type = 'post' and target_id in (select id from posts where author_id = :user)

-- name: CLEAR_LIKES_OF.reel
delete from likes where target_type = 'reel' and target_id in (select id from reels where author_id = :user)

-- So many milliseconds ago.
-- name: PUBLISH.post
insert into posts (id, author_id, visibility, created_at, content)
values (:target, :user, :visibility, now() - :number * interval '1 ms', :text)
on conflict do nothing

-- name: PUBLISH.reel
insert into reels (id, author_id, visibility, created_at, caption, video_url)
values (:target, :user, :visibility, now() - :number * interval '1 ms', :text, 'https://cdn.example/reel.mp4')
on conflict do nothing

-- name: LIKE
insert into likes (target_type, target_id, user_id) values (:type, :target, :user)
on conflict do nothing

-- name: LIKE_AT_ODD_TIME
insert into likes (target_type, target_id, user_id, created_at)
values (:type, :target, :user, :odd_time::timestamptz)
on conflict do nothing

-- name: UNLIKE
delete from likes where target_type = :type and target_id = :target and user_id = :user

-- name: CLEAR_LIKES
delete from likes where target_type = :type and target_id = :target

-- name: COMMENT
insert into comments (target_type, target_id, id, author_id, parent_id, content)
values (:type, :target, :comment, :user, :parent, 'A remark in passing')

-- name: RESTORE_COMMENT
update comments set is_deleted = false, updated_at = now() where id = :comment and is_deleted

-- name: HIDE_COMMENT
update comments set is_deleted = true, updated_at = now() where id = :comment and not is_deleted

-- name: DELETE_COMMENT
delete from comments where id = :comment and not is_deleted

-- name: PURGE_COMMENT
delete from comments where id = :comment and is_deleted

-- name: CLEAR_COMMENTS
delete from comments where target_type = :type and target_id = :target

-- name: SHARE.post
insert into shares (post_id, id, user_id) values (:target, :share, :user)

-- name: UNSHARE
delete from shares where id = :share

-- name: FOLLOW
insert into follows (follower_id, followee_id) values (:user, :followee)
on conflict do nothing

-- name: REQUEST_FOLLOW
insert into follows (follower_id, followee_id, status) values (:user, :followee, 'pending')
on conflict do nothing

-- name: ACCEPT_FOLLOW
update follows set status = 'accepted'
where follower_id = :user and followee_id = :followee and status = 'pending'

-- name: UNFOLLOW
delete from follows where follower_id = :user and followee_id = :followee

-- name: EDIT.post
update posts set content = :text, updated_at = now() where id = :target

-- name: EDIT.reel
update reels set caption = :text, updated_at = now() where id = :target

-- name: EDIT_ODDLY.post
update posts set content = :odd_text, updated_at = now() where id = :target

-- name: EDIT_ODDLY.reel
update reels set caption = :odd_text, updated_at = now() where id = :target

-- Another column than the text.
-- name: ATTACH_MEDIA.post
update posts
set media = jsonb_build_array(jsonb_build_object('type', 'image', 'url', 'https://cdn.example/posts/' || :number || '.jpg'))
where id = :target

-- name: REPLACE_VIDEO.reel
update reels set video_url = 'https://cdn.example/reels/' || :number || '.mp4' where id = :target

-- name: TOUCH.post
update posts set updated_at = now() where id = :target

-- name: TOUCH.reel
update reels set updated_at = now() where id = :target

-- name: TOUCH_ODDLY.post
update posts set updated_at = :odd_time::timestamptz where id = :target

-- name: TOUCH_ODDLY.reel
update reels set updated_at = :odd_time::timestamptz where id = :target

-- name: OPEN.post
update posts set visibility = 'public', updated_at = now() where id = :target

-- name: OPEN.reel
update reels set visibility = 'public', updated_at = now() where id = :target

-- name: LIMIT.post
update posts set visibility = 'followers', updated_at = now() where id = :target

-- name: LIMIT.reel
update reels set visibility = 'followers', updated_at = now() where id = :target

-- name: CLOSE.post
update posts set visibility = 'private', updated_at = now() where id = :target

-- name: CLOSE.reel
update reels set visibility = 'private', updated_at = now() where id = :target

-- To another author.
-- name: MOVE.post
update posts set author_id = :user, updated_at = now() where id = :target

-- name: MOVE.reel
update reels set author_id = :user, updated_at = now() where id = :target

-- name: DATE.post
update posts set created_at = now() - :number * interval '1 ms' where id = :target

-- name: DATE_ODDLY.post
update posts set created_at = :odd_time::timestamptz where id = :target

-- name: HIDE.post
update posts set is_deleted = true, updated_at = now() where id = :target

-- name: HIDE.reel
update reels set is_deleted = true, updated_at = now() where id = :target

-- name: RESTORE.post
update posts set is_deleted = false, updated_at = now() where id = :target

-- name: RESTORE.reel
update reels set is_deleted = false, updated_at = now() where id = :target

-- name: DELETE.post
delete from posts where id = :target

-- name: DELETE.reel
delete from reels where id = :target

-- By clients that read their own writes: the database gives the ids.
-- name: OWN_USER
insert into users (username, display_name) values (:username, 'Own writes')
on conflict (username) do update set display_name = excluded.display_name
returning id

-- name: OWN_POST
insert into posts (author_id, content) values (:user, 'Own writes') returning id

-- Takes ids out of the sequences, so that no other writer meets them; told is the first. Left out where ids are no numbers.
-- name: FIRST_USER
with first as (select nextval(pg_get_serial_sequence('users', 'id')) as id)
select id, setval(pg_get_serial_sequence('users', 'id'), id + :range) from first

-- name: FIRST_POST
with first as (select nextval(pg_get_serial_sequence('posts', 'id')) as id)
select id, setval(pg_get_serial_sequence('posts', 'id'), id + :range) from first

-- name: FIRST_REEL
with first as (select nextval(pg_get_serial_sequence('reels', 'id')) as id)
select id, setval(pg_get_serial_sequence('reels', 'id'), id + :range) from first

-- name: FIRST_COMMENT
with first as (select nextval(pg_get_serial_sequence('comments', 'id')) as id)
select id, setval(pg_get_serial_sequence('comments', 'id'), id + :range) from first

-- name: FIRST_SHARE
with first as (select nextval(pg_get_serial_sequence('shares', 'id')) as id)
select id, setval(pg_get_serial_sequence('shares', 'id'), id + :range) from first

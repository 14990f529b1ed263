-- What the simulated backend says to the tables of ShareUptime's public backend: no reels, no shares; nobody is
-- deactivated, and some accounts are private for a while. How to write such a file: models/shareuptime/traffic.sql.

-- name: SIGN_UP
insert into users (id, username, first_name, profile_picture_url, is_verified)
values (:user, :username, :display_name, left(:avatar_url, 500), :is_verified)
on conflict do nothing

-- name: CHANGE_PROFILE
update users
set username = coalesce(:username, username), first_name = split_part(:display_name, ' ', 1),
    last_name = substr(:display_name, strpos(:display_name || ' ', ' ') + 1),
    profile_picture_url = left(:avatar_url, 500), is_verified = :is_verified
where id = :user

-- name: MAKE_USER_PRIVATE
update users set is_private = true where id = :user

-- name: MAKE_USER_PUBLIC
update users set is_private = false where id = :user

-- name: DELETE_USER
delete from users where id = :user

-- name: TAKE_LIKES
delete from likes where user_id = :user and target_type = 'post' returning target_type, target_id

-- name: CLEAR_LIKES_OF.post
delete from likes where target_type = 'post' and target_id in (select id from posts where user_id = :user)

-- name: PUBLISH.post
insert into posts (id, user_id, privacy_level, created_at, content)
values (:target, :user, replace(:visibility, 'followers', 'friends'), now() - :number * interval '1 ms', :text)
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

-- name: COMMENT.post
insert into comments (post_id, id, user_id, parent_comment_id, content)
values (:target, :comment, :user, :parent, 'A remark in passing')

-- name: RESTORE_COMMENT
update comments set is_active = true where id = :comment and not is_active

-- name: HIDE_COMMENT
update comments set is_active = false where id = :comment and is_active

-- name: DELETE_COMMENT
delete from comments where id = :comment and is_active

-- name: PURGE_COMMENT
delete from comments where id = :comment and not is_active

-- name: CLEAR_COMMENTS.post
delete from comments where post_id = :target

-- name: MARK_COMMENT
insert into likes (target_type, target_id, user_id) values ('comment', :comment, :user)
on conflict do nothing

-- name: UNMARK_COMMENT
delete from likes where target_type = 'comment' and target_id = :comment and user_id = :user

-- name: FOLLOW
insert into follows (follower_id, following_id) values (:user, :followee)
on conflict do nothing

-- name: REQUEST_FOLLOW
insert into follows (follower_id, following_id, status) values (:user, :followee, 'pending')
on conflict do nothing

-- name: ACCEPT_FOLLOW
update follows set status = 'accepted'
where follower_id = :user and following_id = :followee and status = 'pending'

-- name: UNFOLLOW
delete from follows where follower_id = :user and following_id = :followee

-- updated_at is set by a trigger
-- name: EDIT.post
update posts set content = :text where id = :target

-- name: EDIT_ODDLY.post
update posts set content = :odd_text where id = :target

-- name: ATTACH_MEDIA.post
update posts set media_urls = array['https://cdn.example/posts/' || :number || '.jpg'] where id = :target

-- Counts that are kept in the post's own row change it, too.
-- name: TOUCH.post
update posts set likes_count = likes_count + 1 where id = :target

-- name: OPEN.post
update posts set privacy_level = 'public' where id = :target

-- name: LIMIT.post
update posts set privacy_level = 'friends' where id = :target

-- name: CLOSE.post
update posts set privacy_level = 'private' where id = :target

-- name: MOVE.post
update posts set user_id = :user where id = :target

-- name: DATE.post
update posts set created_at = now() - :number * interval '1 ms' where id = :target

-- name: DATE_ODDLY.post
update posts set created_at = :odd_time::timestamptz where id = :target

-- name: HIDE.post
update posts set is_active = false where id = :target

-- name: RESTORE.post
update posts set is_active = true where id = :target

-- name: DELETE.post
delete from posts where id = :target

-- name: OWN_USER
insert into users (username, first_name) values (:username, 'Own writes')
on conflict (username) do update set first_name = excluded.first_name
returning id

-- name: OWN_POST
insert into posts (user_id, content) values (:user, 'Own writes') returning id

-- What the simulated backend says to the tables that Prisma has made. How to write such a file:
-- models/shareuptime/traffic.sql.

-- name: SIGN_UP
insert into "User" ("id", "email", "username", "password", "displayPictureUrl", "isVerified")
values (:user, :user || '@mail.example', :username, '', :avatar_url, :is_verified)
on conflict do nothing

-- name: CHANGE_PROFILE
update "User"
set "username" = coalesce(:username, "username"), "displayPictureUrl" = :avatar_url, "isVerified" = :is_verified
where "id" = :user

-- name: MAKE_USER_PRIVATE
update "User" set "isPrivate" = true where "id" = :user

-- name: MAKE_USER_PUBLIC
update "User" set "isPrivate" = false where "id" = :user

-- name: DELETE_USER
with comments as (delete from "Comment" where "commentUserId" = :user),
posts as (delete from "Post" where "authorId" = :user),
preferences as (delete from "UserPreferences" where "userId" = :user)
delete from "User" where "id" = :user

-- name: TAKE_LIKES
delete from "_Likes" where "B" = :user returning 'post', "A"

-- name: CLEAR_LIKES_OF.post
delete from "_Likes" where "A" in (select "id" from "Post" where "authorId" = :user)

-- name: PUBLISH.post
insert into "Post" ("id", "authorId", "title", "deletedAt", "createdAt", "updatedAt", "caption")
values (:target, :user, '', case when :visibility = 'private' then now() at time zone 'UTC' end,
        (now() - :number * interval '1 ms') at time zone 'UTC', now() at time zone 'UTC', :text)
on conflict do nothing

-- name: LIKE.post
insert into "_Likes" ("A", "B") select "id", :user from "Post" where "id" = :target
on conflict do nothing

-- name: UNLIKE.post
delete from "_Likes" where "A" = :target and "B" = :user

-- name: CLEAR_LIKES.post
delete from "_Likes" where "A" = :target

-- name: COMMENT.post
insert into "Comment" ("postId", "id", "commentUserId", "content")
values (:target, :comment, :user, 'A remark in passing')

-- name: DELETE_COMMENT
delete from "Comment" where "id" = :comment

-- name: CLEAR_COMMENTS.post
with answers as (delete from "Post" where "parentId" = :target)
delete from "Comment" where "postId" = :target

-- name: SHARE.post
insert into "Reaction" ("postId", "id", "userId", "type", "updatedAt")
values (:target, :share, :user, 'RETWEET', now() at time zone 'UTC')

-- name: UNSHARE
delete from "Reaction" where "id" = :share

-- name: MARK.post
insert into "_Posts" ("A", "B") select "id", :user from "Post" where "id" = :target
on conflict do nothing

-- name: UNMARK.post
delete from "_Posts" where "A" = :target and "B" = :user

-- name: FOLLOW
insert into "_UserFollows" ("A", "B") values (:user, :followee)
on conflict do nothing

-- name: UNFOLLOW
delete from "_UserFollows" where "A" = :user and "B" = :followee

-- name: EDIT.post
update "Post" set "caption" = :text, "updatedAt" = now() at time zone 'UTC' where "id" = :target

-- name: EDIT_ODDLY.post
update "Post" set "caption" = :odd_text, "updatedAt" = now() at time zone 'UTC' where "id" = :target

-- name: ATTACH_MEDIA.post
update "Post" set "imagesUrl" = array['https://cdn.example/posts/' || :number || '.jpg'] where "id" = :target

-- name: TOUCH.post
update "Post" set "updatedAt" = now() at time zone 'UTC' where "id" = :target

-- name: MOVE.post
update "Post" set "authorId" = :user where "id" = :target

-- name: DATE.post
update "Post" set "createdAt" = (now() - :number * interval '1 ms') at time zone 'UTC' where "id" = :target

-- Cut, as the column has milliseconds and would round the last time of all out of its range.
-- name: DATE_ODDLY.post
update "Post" set "createdAt" = date_trunc('milliseconds', :odd_time::timestamptz at time zone 'UTC') where "id" = :target

-- name: HIDE.post
update "Post" set "deletedAt" = now() at time zone 'UTC' where "id" = :target

-- name: RESTORE.post
update "Post" set "deletedAt" = null where "id" = :target

-- name: DELETE.post
delete from "Post" where "id" = :target

-- name: OWN_USER
insert into "User" ("id", "email", "username", "password")
values (gen_random_uuid()::text, :username, :username, '')
on conflict ("username") do update set "password" = excluded."password"
returning "id"

-- name: OWN_POST
insert into "Post" ("id", "authorId", "title", "caption", "updatedAt")
values (gen_random_uuid()::text, :user, '', 'Own writes', now() at time zone 'UTC')
returning "id"

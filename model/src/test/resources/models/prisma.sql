-- Tables that Prisma makes by itself have no time: their rows count as events of their commit.
-- Whether an account is private stands in "UserPreferences": until it is brought over into "User", no post is shown to
-- who does not follow.
create view users as
select id, username, "displayPictureUrl" as avatar_url, "isVerified" as is_verified
from public."User";

create view posts as
select id, "authorId" as author_id, caption as content, 'followers' as visibility,
       "deletedAt" is not null as is_deleted, not "isComment" as in_feeds,
       "createdAt" at time zone 'UTC' as created_at, "updatedAt" at time zone 'UTC' as updated_at
from public."Post";

create view follows as
select "A" as follower_id, "B" as followee_id
from public."_UserFollows";

create view likes as
select 'post' as target_type, "postId" as target_id, "userId" as user_id, "deletedAt" is not null as is_deleted,
       "createdAt" at time zone 'UTC' as created_at
from public."Reaction"
where "type" = 'LIKE'
union all
select 'post', "A", "B", false, null
from public."_Likes";

create view shares as
select 'post' as target_type, "postId" as target_id, "userId" as user_id, "deletedAt" is not null as is_deleted,
       "createdAt" at time zone 'UTC' as created_at
from public."Reaction"
where "type" = 'RETWEET';

create view comments as
select id, 'post' as target_type, "postId" as target_id, "commentUserId" as author_id, content
from public."Comment";

create view bookmarks as
select 'post' as target_type, "A" as target_id, "B" as user_id
from public."_Posts";

-- A backend as Prisma's migrations leave it: all names in quotes, ids are texts that the application makes, times have no
-- zone and mean UTC, and tables between two models have a unique index and no primary key.
create type "AccountType" as enum ('PUBLIC', 'PRIVATE');
create type "ReactionType" as enum ('LIKE', 'RETWEET');
create table "User" (
  "id"                text not null,
  "email"             text not null,
  "username"          text not null,
  "password"          text not null,
  "isVerified"        boolean not null default false,
  "displayPictureUrl" text,
  constraint "User_pkey" primary key ("id")
);
create unique index "User_email_key" on "User" ("email");
create unique index "User_username_key" on "User" ("username");
create table "UserPreferences" (
  "id"          text not null,
  "bio"         text,
  "accountType" "AccountType" not null default 'PUBLIC', -- PRIVATE: only followers see posts
  "userId"      text not null,
  constraint "UserPreferences_pkey" primary key ("id"),
  constraint "UserPreferences_userId_fkey" foreign key ("userId") references "User" ("id") on delete restrict on update cascade
);
create unique index "UserPreferences_userId_key" on "UserPreferences" ("userId");
create table "Post" (
  "id"        text not null,
  "title"     text not null,
  "caption"   text not null,
  "imagesUrl" text[],
  "isComment" boolean not null default false,
  "parentId"  text, -- null again when the parent goes
  "createdAt" timestamp(3) not null default current_timestamp,
  "updatedAt" timestamp(3) not null,
  "deletedAt" timestamp(3),
  "authorId"  text not null,
  constraint "Post_pkey" primary key ("id"),
  constraint "Post_authorId_fkey" foreign key ("authorId") references "User" ("id") on delete restrict on update cascade,
  constraint "Post_parentId_fkey" foreign key ("parentId") references "Post" ("id") on delete set null on update cascade
);
create table "Comment" ( -- has no time; a post that goes leaves its comments without one
  "id"            text not null,
  "content"       text not null,
  "commentUserId" text not null,
  "postId"        text,
  constraint "Comment_pkey" primary key ("id"),
  constraint "Comment_commentUserId_fkey" foreign key ("commentUserId") references "User" ("id") on delete restrict on update cascade,
  constraint "Comment_postId_fkey" foreign key ("postId") references "Post" ("id") on delete set null on update cascade
);
create table "Reaction" (
  "id"        uuid not null default gen_random_uuid(),
  "userId"    text not null,
  "postId"    text not null,
  "type"      "ReactionType" not null,
  "createdAt" timestamp(3) not null default current_timestamp,
  "updatedAt" timestamp(3) not null,
  "deletedAt" timestamp(3),
  constraint "Reaction_pkey" primary key ("id"),
  constraint "Reaction_userId_fkey" foreign key ("userId") references "User" ("id") on delete cascade on update cascade,
  constraint "Reaction_postId_fkey" foreign key ("postId") references "Post" ("id") on delete cascade on update cascade
);
create table "_Likes" ("A" text not null, "B" text not null); -- post, user
create unique index "_Likes_AB_unique" on "_Likes" ("A", "B");
create index "_Likes_B_index" on "_Likes" ("B");
alter table "_Likes" add constraint "_Likes_A_fkey" foreign key ("A") references "Post" ("id") on delete cascade on update cascade;
alter table "_Likes" add constraint "_Likes_B_fkey" foreign key ("B") references "User" ("id") on delete cascade on update cascade;
create table "_Posts" ("A" text not null, "B" text not null); -- saved: post, user
create unique index "_Posts_AB_unique" on "_Posts" ("A", "B");
create index "_Posts_B_index" on "_Posts" ("B");
alter table "_Posts" add constraint "_Posts_A_fkey" foreign key ("A") references "Post" ("id") on delete cascade on update cascade;
alter table "_Posts" add constraint "_Posts_B_fkey" foreign key ("B") references "User" ("id") on delete cascade on update cascade;
create table "_UserFollows" ("A" text not null, "B" text not null); -- follower, followee
create unique index "_UserFollows_AB_unique" on "_UserFollows" ("A", "B");
create index "_UserFollows_B_index" on "_UserFollows" ("B");
alter table "_UserFollows" add constraint "_UserFollows_A_fkey" foreign key ("A") references "User" ("id") on delete cascade on update cascade;
alter table "_UserFollows" add constraint "_UserFollows_B_fkey" foreign key ("B") references "User" ("id") on delete cascade on update cascade;

-- What `model check` asked for: tables that are published need a primary key ...
alter table "_Likes" add primary key using index "_Likes_AB_unique";
alter table "_Posts" add primary key using index "_Posts_AB_unique";
alter table "_UserFollows" add primary key using index "_UserFollows_AB_unique";
-- ... and reading needs these indexes.
create index streams_posts_by_author on "Post" ("authorId", ("createdAt" at time zone 'UTC') desc, "id" desc);
create index streams_comments_by_target on "Comment" ("postId");
create index streams_comments_2_by_target on "Post" ("parentId");
create index streams_shares_by_target on "Reaction" ("postId");
-- Privacy lies in another table: it is brought over to the user's own row.
alter table "User" add column "isPrivate" boolean not null default false;
create function bring_privacy() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    update "User" set "isPrivate" = false where "id" = old."userId" and "isPrivate";
  end if;
  if tg_op <> 'DELETE' then
    update "User" set "isPrivate" = new."accountType" = 'PRIVATE' where "id" = new."userId";
  end if;
  return null;
end $$;
create trigger "UserPreferences_privacy" after insert or update or delete on "UserPreferences"
for each row execute function bring_privacy();

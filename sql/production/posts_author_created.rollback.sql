-- Undoes production/posts_author_created.sql: reading feeds from the tables becomes slow. SHARE UPDATE EXCLUSIVE on posts (reads and writes go on), waits for older transactions. Redo: production/posts_author_created.sql
--
--   psql "$POSTGRES_URL" -v ON_ERROR_STOP=1 -f sql/production/posts_author_created.rollback.sql
--
-- The next `./streams migrate` makes it again, or asks for it where posts is large.
drop index concurrently if exists public.posts_author_created;

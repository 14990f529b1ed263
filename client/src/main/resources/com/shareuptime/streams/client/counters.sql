-- Counters of the posts $1 (bigint[]); a post without a row has none. Reads by primary key, locks nothing.
select target_id, likes_count, comments_count, shares_count
from streams.counters
where target_type = 'post' and target_id = any ($1::bigint[]) and deleted_at is null

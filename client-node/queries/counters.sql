-- Counters of the posts $1 (bigint[]); a post without a row has none. All columns, as counters may be added. Reads by primary key, locks nothing.
select *
from streams.counters
where target_type = 'post' and target_id = any ($1::bigint[]) and deleted_at is null

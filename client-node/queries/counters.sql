-- Counters of the posts or reels ($1) with the ids $2 (bigint[]); one without a row has none. All columns, as counters may be added. Reads by primary key, locks nothing.
select *
from streams.counters
where target_type = $1 and target_id = any ($2::bigint[]) and deleted_at is null

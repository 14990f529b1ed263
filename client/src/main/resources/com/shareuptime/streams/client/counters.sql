-- Counters of the targets of a type ($1) with the ids $2; one without a row has none. All columns, as counters may be added. Reads by primary key, locks nothing.
-- As it stands, ids are numbers. If they are UUIDs or texts, bigint/*targets*/ is the type of streams.counters.target_id.
select *
from streams.counters
where target_type = $1 and target_id = any ($2::bigint/*targets*/[]) and deleted_at is null

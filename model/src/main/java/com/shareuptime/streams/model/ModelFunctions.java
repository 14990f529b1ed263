package com.shareuptime.streams.model;

import java.util.List;

/**
 * The functions that a model may call in Postgres: immutable, and unable to fail, as one odd text
 * would stop every query of a view. Their twins are {@code InstantText} and {@code IdTime}; a test
 * compares them.
 */
final class ModelFunctions {
  private static final String SCHEMA = "create schema if not exists streams_model";

  private static final String INSTANT =
      """
      create or replace function streams_model.instant(value text) returns timestamptz
      language plpgsql immutable strict parallel safe set search_path = pg_catalog as $$
      declare
        part text[] := regexp_match(value,
          '^([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})'
          '(?:\\.([0-9]{1,9}))?(?:[Zz]|([+-])([0-9]{2}):?([0-9]{2}))$');
        y int; m int; d int; east int := 0; utc timestamp;
      begin
        if part is null then return null; end if;
        y := part[1]::int; m := part[2]::int; d := part[3]::int;
        if y = 0 or m not between 1 and 12 or d = 0
          or part[4]::int > 23 or part[5]::int > 59 or part[6]::int > 59 then
          return null;
        end if;
        if d > extract(day from make_date(y, m, 1) + interval '1 month -1 day') then
          return null;
        end if;
        if part[8] is not null then
          if part[9]::int > 15 or part[10]::int > 59 then return null; end if;
          east := (part[9]::int * 60 + part[10]::int) * case part[8] when '-' then -1 else 1 end;
        end if;
        utc := make_timestamp(y, m, d, part[4]::int, part[5]::int, part[6]::int)
          - make_interval(mins => east)
          + left(coalesce(part[7], '') || '000000', 6)::int * interval '1 microsecond';
        return utc at time zone 'UTC';
      end $$""";

  private static final String ID_TIME =
      """
      create or replace function streams_model.id_time(id text, kind text) returns timestamptz
      language plpgsql immutable strict parallel safe set search_path = pg_catalog as $$
      declare
        base36 constant text := '0123456789abcdefghijklmnopqrstuvwxyz';
        base32 constant text := '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
        pattern text; digits text; alphabet text := base36; millis bigint := 0;
      begin
        pattern := case kind
          when 'ulid' then '^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$'
          when 'uuid7' then
            '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$'
          when 'snowflake' then '^([0-9]{1,18}|[0-8][0-9]{18})$'
          when 'mastodon' then '^([0-9]{1,18}|[0-8][0-9]{18})$'
          when 'aid' then '^[0-9a-z]{10}$'
          when 'aidx' then '^[0-9a-z]{16}$'
          when 'objectid' then '^[0-9a-f]{24}$'
          when 'cuid' then '^c[0-9a-z]{24}$' end;
        if pattern is null or (id collate "C") !~ pattern then return null; end if;
        if kind = 'snowflake' then
          millis := (id::bigint >> 22) + 1288834974657;
        elsif kind = 'mastodon' then
          millis := id::bigint >> 16;
        else
          digits := case kind
            when 'ulid' then upper(left(id, 10) collate "C")
            when 'uuid7' then left(id, 8) || substr(id, 10, 4)
            when 'cuid' then substr(id, 2, 8)
            else left(id, 8) end;
          alphabet := case kind when 'ulid' then base32
            when 'uuid7' then left(base36, 16) when 'objectid' then left(base36, 16) else base36 end;
          for place in 1 .. length(digits) loop
            millis := millis * length(alphabet) + strpos(alphabet, substr(digits, place, 1)) - 1;
          end loop;
          if kind in ('aid', 'aidx') then millis := millis + 946684800000; end if;
          if kind = 'objectid' then millis := millis * 1000; end if;
        end if;
        return (timestamp '1970-01-01' + (millis / 1000) * interval '1 second'
          + (millis % 1000) * interval '1 millisecond') at time zone 'UTC';
      end $$""";

  private static final String ID_TIME_OF_UUID =
      """
      create or replace function streams_model.id_time(id uuid, kind text) returns timestamptz
      language sql immutable strict parallel safe
      as $$ select streams_model.id_time(id::text, kind) $$""";

  private static final String ID_TIME_OF_NUMBER =
      """
      create or replace function streams_model.id_time(id bigint, kind text) returns timestamptz
      language sql immutable strict parallel safe
      as $$ select streams_model.id_time(id::text, kind) $$""";

  private ModelFunctions() {}

  static List<String> createStatements() {
    return List.of(SCHEMA, INSTANT, ID_TIME, ID_TIME_OF_UUID, ID_TIME_OF_NUMBER);
  }
}

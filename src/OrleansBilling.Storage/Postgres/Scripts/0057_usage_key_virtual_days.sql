-- runs with programs since: 39
-- Keys of usage from before they had days, and those that older programs still write, have the machine's day (0052). To a virtual clock
-- that is far ahead this is long over, so they would be forgotten while what they stand for may still be counted again: they get the
-- day of that clock.
do $$
declare
  clock integer := (select floor(extract(epoch from value::timestamptz) / 86400)::integer from setting where name = 'virtual_clock');
begin
  if clock > floor(extract(epoch from now()) / 86400) then
    update usage_key set day = clock where day < clock;
    execute format('alter table usage_key alter column day set default %s', clock);
  end if;
end $$;

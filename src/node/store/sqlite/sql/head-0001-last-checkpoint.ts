/** Migration 1 of the head store: one row, bound to one log key by the first that opens it. */
export const sql = `
create table last_checkpoint (
  only integer primary key check (only = 1),
  origin text,
  key_id blob check (length(key_id) = 32),
  checkpoint text,
  signed_at_ms integer,
  check ((origin is null) = (key_id is null)),
  check ((checkpoint is null) = (signed_at_ms is null)),
  check (checkpoint is null or origin is not null)
) strict;
insert into last_checkpoint (only) values (1);
`

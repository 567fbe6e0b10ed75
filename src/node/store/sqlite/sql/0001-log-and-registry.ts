/** Migration 1: the log and the registry. See README.md for what each table is trusted with. */
export const sql = `
create table log_head (
  only integer primary key check (only = 1),
  size integer not null check (size >= 0),
  checkpoint text,
  signed_at_ms integer,
  previous text
) strict;
insert into log_head (only, size) values (1, 0);

create table log_entry (
  log_index integer primary key check (log_index >= 0),
  entry blob not null check (length(entry) <= 65535)
) strict;

-- A rowid table with an index beside it: blobs inside the tree of an index cost several times as much.
create table log_tile (
  tile integer primary key,
  level integer not null check (level between 0 and 63),
  tile_index integer not null check (tile_index >= 0),
  hashes blob not null check (length(hashes) between 32 and 8192 and length(hashes) % 32 = 0),
  unique (level, tile_index)
) strict;

create table declaration (
  declaration integer primary key,
  id text not null unique,
  name text not null,
  declared_at text not null,
  document blob not null,
  contents blob not null,
  envelope blob not null,
  public_key blob not null,
  log_index integer not null,
  proof text not null
) strict;

create table binding (
  run integer primary key,
  run_id text not null unique,
  stream text not null,
  number integer not null,
  bound_at text not null,
  declaration_id text,
  envelope blob not null,
  public_key blob not null,
  log_index integer not null,
  proof text not null,
  unique (stream, number)
) strict;

-- Private, and apart from what is public, so that erasing a run's contents deletes rows and touches nothing signed.
create table request_contents (
  run integer primary key references binding (run),
  secret blob not null,
  head blob not null,
  body blob not null,
  cut_list blob not null
) strict;

-- By which runs are found: what a request held, part by part. Private as the contents are, and erased with them. In the
-- order in which it is written, so that only the indexes are written to all over the file.
create table run_part (
  run integer not null references binding (run),
  position integer not null check (position >= 0),
  digest blob not null check (length(digest) = 32),
  role text not null,
  name text not null,
  place text not null,
  primary key (run, position)
) strict, without rowid;
create index run_part_by_digest on run_part (digest, run);
create index run_part_by_tool on run_part (name, run) where role = 'tools';

create table outcome (
  run integer primary key references binding (run),
  state text not null,
  record_digest text not null unique,
  bundle blob not null
) strict;

create table response_contents (
  run integer primary key references binding (run),
  head blob not null,
  body blob not null
) strict;

-- What stands in for the contents of a run that was erased.
create table erasure (
  run integer primary key references binding (run),
  erased_at text not null,
  envelope blob not null,
  public_key blob not null,
  log_index integer not null,
  proof text not null
) strict;

create table run_output (
  digest text not null,
  run integer not null references binding (run),
  position integer not null check (position >= 0),
  primary key (digest, run, position)
) strict, without rowid;
create index run_output_by_run on run_output (run, position);
`

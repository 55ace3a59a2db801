-- What Debezium needs in Conductor's database. Run it there once, as the owner of Conductor's tables (a superuser, where
-- that may not create roles for replication):
--
--   psql -v ON_ERROR_STOP=1 -d conductor -f config/connect/conductor.sql
--   psql -d conductor -c '\password ratchet_cdc'
--
-- wal_level must be logical, which takes a restart of PostgreSQL: ALTER SYSTEM SET wal_level = logical;

CREATE ROLE ratchet_cdc LOGIN REPLICATION;
GRANT USAGE ON SCHEMA public TO ratchet_cdc;
GRANT SELECT ON public.task TO ratchet_cdc;

-- The replica identity stays as it is: the primary key is task_id, and that is all Ratchet wants of a deleted row.
CREATE PUBLICATION ratchet FOR TABLE public.task;

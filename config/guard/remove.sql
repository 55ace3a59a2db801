-- Removes the guard. Ends that it has kept do not change.
--
--   psql -v ON_ERROR_STOP=1 -d conductor -f config/guard/remove.sql

BEGIN;
SET LOCAL lock_timeout = '5s';
DROP TRIGGER IF EXISTS ratchet_guard ON public.task;
DROP FUNCTION IF EXISTS public.ratchet_guard();
COMMIT;

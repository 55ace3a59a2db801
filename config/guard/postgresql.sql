-- The guard: refuses a stale write that would overwrite the end of a task. What it does and does not see: docs/guard.md.
-- PostgreSQL 14 or later. Run it as the owner of Conductor's tables, as often as you like; remove.sql removes it:
--
--   psql -v ON_ERROR_STOP=1 -d conductor -f config/guard/postgresql.sql

BEGIN;
SET LOCAL lock_timeout = '5s'; -- Conductor's writes would queue behind a trigger that waits for its lock.

CREATE OR REPLACE FUNCTION public.ratchet_guard() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE
    kept record;
    refused record;
BEGIN
    BEGIN
        SELECT * INTO STRICT kept FROM json_to_record(OLD.json_data::json) AS task (
            status text, "taskType" text, "referenceTaskName" text, "workflowInstanceId" text, "workflowType" text,
            "scheduledTime" bigint, "startTime" bigint, "endTime" bigint, "retryCount" int);
        SELECT * INTO STRICT refused FROM json_to_record(NEW.json_data::json) AS task (
            status text, "taskType" text, "scheduledTime" bigint, "startTime" bigint, "endTime" bigint, "retryCount" int);

        -- A lost update: the writer read the row before the end, so the write has no endTime and belongs to the same epoch.
        -- A write that reopens a task on purpose keeps the endTime, or changes scheduledTime, retryCount or startTime.
        IF (kept.status IN ('COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'FAILED_WITH_TERMINAL_ERROR', 'TIMED_OUT',
                        'CANCELED', 'SKIPPED')
                AND refused.status IN ('SCHEDULED', 'IN_PROGRESS')
                AND kept."endTime" > 0
                AND refused."endTime" = 0
                AND kept."scheduledTime" > 0
                AND kept."scheduledTime" = refused."scheduledTime"
                AND kept."retryCount" = refused."retryCount"
                AND kept."startTime" = refused."startTime"
                AND kept."taskType" = refused."taskType"
                AND upper(kept."taskType") <> 'SUB_WORKFLOW') -- its child reopens and ends it, with and without an endTime
                IS NOT TRUE THEN
            RETURN NEW;
        END IF;

        -- But the first write of a rerun is the row as it was read, with status SCHEDULED; the second write changes
        -- scheduledTime. If the row was read before its end, only the workflow shows the rerun: it runs and has an endTime.
        IF refused.status = 'SCHEDULED' AND (
                SELECT workflow.status NOT IN ('RUNNING', 'PAUSED') OR workflow."endTime" = 0
                  FROM public.workflow AS row, json_to_record(row.json_data::json) AS workflow (status text, "endTime" bigint)
                 WHERE row.workflow_id = kept."workflowInstanceId") IS NOT TRUE THEN
            RETURN NEW;
        END IF;
        PERFORM pg_logical_emit_message(true, 'ratchet.guard', convert_to(json_build_object(
            'taskId', OLD.task_id,
            'workflowInstanceId', left(kept."workflowInstanceId", 255),
            'workflowType', left(kept."workflowType", 255),
            'taskType', left(kept."taskType", 255),
            'referenceTaskName', left(kept."referenceTaskName", 255),
            'status', kept.status,
            'endTime', kept."endTime",
            'refusedStatus', refused.status)::text, 'UTF8'));
    EXCEPTION WHEN OTHERS THEN -- For example, json_data is not a task. The write is then permitted.
        RAISE LOG 'ratchet.guard let a write of task % through: %', OLD.task_id, SQLERRM;
        RETURN NEW;
    END;
    RAISE LOG 'ratchet.guard kept task % at %, and refused %', OLD.task_id, kept.status, refused.status;
    -- Conductor inserts a row that it could not update. So the update happens, with the old content. Concatenation creates
    -- a new text, because logical decoding leaves out a large text that did not change.
    NEW.json_data := OLD.json_data || '';
    NEW.modified_on := OLD.modified_on;
    RETURN NEW;
END $guard$;

-- Most updates change an open row, or write an end. They are recognized by the start of the row, which is
-- {"taskType":"…","status":"…": split at the quotes, the status is part 8. For all others the function reads the whole row.
CREATE OR REPLACE TRIGGER ratchet_guard BEFORE UPDATE OF json_data ON public.task FOR EACH ROW
    WHEN (split_part(substr(OLD.json_data, 1, 400), '"', 8) NOT IN ('SCHEDULED', 'IN_PROGRESS')
        AND split_part(substr(NEW.json_data, 1, 400), '"', 8) NOT IN ('COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED',
            'FAILED_WITH_TERMINAL_ERROR', 'TIMED_OUT', 'CANCELED', 'SKIPPED'))
    EXECUTE FUNCTION public.ratchet_guard();

COMMIT;

package dev.ratchet.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ratchet.task.EpochEvidence;
import dev.ratchet.task.EpochEvidence.Flag;
import dev.ratchet.task.EpochKey;
import dev.ratchet.task.EventSource;
import dev.ratchet.task.StatusEvent;
import dev.ratchet.task.TaskIdentity;
import dev.ratchet.task.TaskStatus;

/** One change of Conductor's {@code task} table, as Debezium writes it, and the event in it. */
public final class Change {
    public static final StatusEvent EVENT = new StatusEvent(
            new TaskIdentity("t-1", "w-1", "order", "SHIP", "ship__2"),
            TaskStatus.IN_PROGRESS,
            StatusEvent.NOT_STATED,
            95_086_312,
            1_795_359_836_443L,
            EventSource.CDC,
            new EpochEvidence(new EpochKey(1_001, 2), 1_002, 1_003, 4, Flag.NO, Flag.YES, 600, 30));

    private Change() {}

    /** All that is read of a task, and some that is not. */
    public static ObjectNode task() {
        return Read.json("""
            {'taskType':'SHIP','status':'IN_PROGRESS','referenceTaskName':'ship__2','retryCount':2,'seq':7,
             'pollCount':4,'taskDefName':'ship','scheduledTime':1001,'startTime':1002,'endTime':1003,'updateTime':1004,
             'executed':false,'subworkflowChanged':true,'responseTimeoutSeconds':600,'callbackAfterSeconds':30,
             'workflowInstanceId':'w-1','workflowType':'order','taskId':'t-1','iteration':2,
             'workflowTask':{'name':'other','type':'SIMPLE','taskId':'no','status':'no','loopOver':[{'status':[]}]},
             'inputData':{'status':'FAILED'},'outputData':{'taskId':[{'endTime':{}}]}}""");
    }

    public static ObjectNode of(String op, ObjectNode task) {
        ObjectNode change = Read.json("""
            {'before':null,'after':{'created_on':1,'modified_on':2,'task_id':'t-1'},
             'source':{'connector':'postgresql','ts_ms':1795359836443,'snapshot':'false','sequence':'[null,null]',
                       'table':'task','lsn':95086312,'xmin':null},
             'transaction':null,'ts_ms':1795359836748}""");
        change.withObjectProperty("after").put("json_data", task.toString());
        return change.put("op", op);
    }

    public static ObjectNode deletion() {
        ObjectNode change = of("d", task()).putNull("after");
        change.putObject("before").put("task_id", "t-1").putNull("json_data");
        return change;
    }
}

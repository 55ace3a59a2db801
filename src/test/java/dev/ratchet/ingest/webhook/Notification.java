package dev.ratchet.ingest.webhook;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Notifications as Conductor writes them. */
final class Notification {
    static final String WORKFLOW = "{\"workflowType\":\"order\",\"workflowId\":\"w-1\",\"status\":\"RUNNING\"}";

    private Notification() {}

    static ObjectNode task(String taskId) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("workflowId", "w-1")
                .put("workflowType", "order")
                .put("scheduledTime", "2026-11-22T15:03:37.318Z")
                .put("startTime", "2026-11-22T15:03:38.000Z")
                .put("updateTime", "2026-11-22T15:03:39.000Z")
                .put("endTime", "2026-11-22T15:03:40.000Z")
                .put("status", "COMPLETED")
                .put("taskType", "SHIP")
                .put("input", "{}")
                .put("output", "{by=A}")
                .put("taskId", taskId)
                .put("referenceTaskName", "ship")
                .put("retryCount", 2);
    }
}

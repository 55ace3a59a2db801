package dev.ratchet.real;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Tasks executed for Conductor, in order. */
final class ExecutionLog {
    private final List<Done> all = new ArrayList<>();

    /** @param output reported output */
    record Done(String taskId, String workflowId, String name, Map<String, String> output) {}

    /** {@return which task of its name it is in the workflow's execution, from 1} The same again if it is done again. */
    synchronized int add(Done done) {
        all.add(done);
        return all.stream()
                        .filter(other -> other.workflowId().equals(done.workflowId())
                                && other.name().equals(done.name()))
                        .map(Done::taskId)
                        .distinct()
                        .toList()
                        .indexOf(done.taskId())
                + 1;
    }

    /** Number of executed tasks with that name in a workflow execution. */
    synchronized int count(String workflowId, String name) {
        return (int) all.stream()
                .filter(done ->
                        done.workflowId().equals(workflowId) && done.name().equals(name))
                .map(Done::taskId)
                .distinct()
                .count();
    }

    /** Outputs of each task, one per execution. */
    synchronized Map<String, List<Done>> of(List<String> workflowIds) {
        return all.stream()
                .filter(done -> workflowIds.contains(done.workflowId()))
                .collect(Collectors.groupingBy(Done::taskId));
    }
}

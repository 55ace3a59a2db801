package dev.ratchet.task;

import java.util.ArrayList;
import java.util.List;

/**
 * One life of a task, and what is needed to tell it from the lives before and the ones to come.
 *
 * @param number from 1, or as the producer states it
 * @param ground why it began
 * @param opening the record it began with
 * @param key what Conductor's records say which life it is
 * @param closed the keys of earlier lives, oldest first, at most {@link #REMEMBERED}
 * @param endings the ends heard in this life, each once, by sequence, at most {@link #REMEMBERED}
 */
public record Epoch(
        int number, EpochGround ground, Mark opening, LifeKey key, List<LifeKey> closed, List<Ending> endings) {

    /** Enough for any task but one that is broken; a bound, so that such a one cannot grow without end. */
    public static final int REMEMBERED = 16;

    public Epoch {
        closed = List.copyOf(closed);
        endings = List.copyOf(endings);
    }

    static Epoch first(StatusEvent event) {
        int number = Math.max(1, event.epoch());
        EpochGround ground = event.epoch() == StatusEvent.NOT_STATED ? EpochGround.FIRST : EpochGround.STATED;
        return new Epoch(number, ground, event.mark(), event.evidence().key(), List.of(), List.of()).heard(event);
    }

    /** The life that begins with this event. */
    Epoch next(EpochGround ground, StatusEvent event) {
        int next = ground == EpochGround.STATED ? event.epoch() : number + 1;
        boolean sameKey = ground == EpochGround.REOPENED || ground == EpochGround.SIBLING;
        LifeKey nextKey =
                sameKey ? event.evidence().key().orElse(key) : event.evidence().key();
        return new Epoch(next, ground, event.mark(), nextKey, closing(nextKey), List.of()).heard(event);
    }

    /** This life, whose second record shows the key it goes by from now on. */
    Epoch joinedBy(StatusEvent event) {
        LifeKey joined = event.evidence().key().orElse(key);
        return new Epoch(number, ground, opening, joined, closing(joined), endings);
    }

    /** This life and one more of its records. */
    Epoch heard(StatusEvent event) {
        LifeKey known = event.evidence().key().orElse(key);
        List<Ending> ends = event.status().isTerminal() ? withEnding(Ending.of(event)) : endings;
        return known.equals(key) && ends == endings ? this : new Epoch(number, ground, opening, known, closed, ends);
    }

    boolean isClosed(LifeKey candidate) {
        return candidate.scheduledTime() != LifeKey.NO_TIME && closed.contains(candidate);
    }

    boolean knows(long scheduledTime) {
        return key.scheduledTime() == scheduledTime
                || closed.stream().anyMatch(life -> life.scheduledTime() == scheduledTime);
    }

    private List<LifeKey> closing(LifeKey nextKey) {
        if (key.equals(nextKey) || key.scheduledTime() == LifeKey.NO_TIME || closed.contains(key)) {
            return closed;
        }
        List<LifeKey> more = new ArrayList<>(closed);
        more.add(key);
        return more.size() > REMEMBERED ? more.subList(1, more.size()) : more;
    }

    private List<Ending> withEnding(Ending end) {
        List<Ending> ends = new ArrayList<>(endings);
        for (Ending known : endings) {
            if (known.isSameEndAs(end)) {
                if (known.sequence() <= end.sequence()) {
                    return endings;
                }
                ends.remove(known);
            }
        }
        int at = 0;
        while (at < ends.size() && ends.get(at).sequence() <= end.sequence()) {
            at++;
        }
        ends.add(at, end);
        // Forget the earliest, so that an old stretch delivered again changes nothing.
        List<Ending> kept = ends.size() > REMEMBERED ? ends.subList(1, ends.size()) : ends;
        return kept.equals(endings) ? endings : kept;
    }
}

package dev.ratchet.intake;

import dev.ratchet.config.Settings;
import dev.ratchet.http.Access;
import dev.ratchet.http.Answer;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the posts of one kind of notification: who sent it, how large it is, whether there is room, and what it is. */
final class NotificationHandler implements Handler {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationHandler.class);

    private final Access access;
    private final int maxBytes;
    private final Admission admission;
    private final Desk desk;
    private final IntakeCounts counts;
    private final RefusalLog refusals;

    NotificationHandler(Settings settings, Admission admission, Desk desk, IntakeCounts counts, RefusalLog refusals) {
        this.access = new Access(settings.http());
        this.maxBytes = settings.intake().maxBytes();
        this.admission = admission;
        this.desk = desk;
        this.counts = counts;
        this.refusals = refusals;
    }

    @Override
    public void handle(Context ctx) {
        Answer.later(ctx, () -> verdict(ctx).handle(NotificationHandler::sound).thenApply(this::settle));
    }

    private CompletableFuture<Verdict> verdict(Context ctx) {
        Optional<Answer> denial = access.check(ctx);
        if (denial.isPresent()) {
            return refuse(ctx, denied(denial.get()));
        }
        long stated = ctx.req().getContentLengthLong();
        if (stated > maxBytes) {
            return refuse(ctx, NotificationBody.tooLarge(maxBytes, String.valueOf(stated)));
        }
        return admission.enter().map(place -> take(ctx, place)).orElseGet(() -> refuse(ctx, NotificationBody.busy()));
    }

    private static CompletableFuture<Verdict> refuse(Context ctx, Verdict verdict) {
        try {
            return NotificationBody.discard(ctx.req().getInputStream(), verdict);
        } catch (IOException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private CompletableFuture<Verdict> take(Context ctx, Admission.Place place) {
        try {
            return NotificationBody.read(ctx.req().getInputStream(), maxBytes, place, desk)
                    .whenComplete((verdict, failure) -> place.leave());
        } catch (IOException | RuntimeException | Error failure) {
            place.leave();
            return CompletableFuture.failedFuture(failure);
        }
    }

    private static Verdict denied(Answer denial) {
        return new Verdict(
                denial.status() == IntakeOutcome.UNAUTHORIZED.status()
                        ? IntakeOutcome.UNAUTHORIZED
                        : IntakeOutcome.FORBIDDEN,
                denial.error());
    }

    /** Our own mistakes come to an answer too, and are counted. */
    private static Verdict sound(@Nullable Verdict verdict, @Nullable Throwable failure) {
        if (verdict != null) {
            return verdict;
        }
        LOG.error("Expected to take a notification, but failed", failure);
        return Verdict.refused(IntakeOutcome.FAILED, "Expected to take the notification, but failed; the log says how");
    }

    private Answer settle(Verdict verdict) {
        counts.count(verdict.outcome());
        if (verdict.outcome().isRefusal()) {
            refusals.line(verdict).ifPresent(LOG::warn);
        }
        return verdict.answer();
    }
}

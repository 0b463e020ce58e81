package chat.talk.testkit;

import chat.talk.ChatException;
import chat.talk.ChatException.Code;
import chat.talk.ChatMessage;
import chat.talk.Draft;
import chat.talk.room.Scheduled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jetbrains.annotations.Nullable;

/** A scheduled message: all that it was ever to say and when, and what its author was told. */
final class Postponed {
  final Draft draft;
  final Set<Scheduled.State> told = EnumSet.noneOf(Scheduled.State.class);

  /** Why it was not accepted. */
  @Nullable Code failure;

  /** Whether its author called it off while it might have been waiting. */
  boolean isCalledOff;

  /** Whether its author asked when it was long due. */
  boolean isAskedAtEnd;

  Scheduled.@Nullable State end;
  @Nullable Code endFailure;
  private final List<Plan> plans = new ArrayList<>();

  Postponed(Draft draft) {
    this.draft = draft;
  }

  void plan(String text, Instant at) {
    plans.add(new Plan(text, at));
  }

  void answer(@Nullable Scheduled answer) {
    if (answer != null) {
      told.add(answer.state());
    }
  }

  void accept(@Nullable Scheduled answer, @Nullable Throwable why) {
    answer(answer);
    failure = why == null ? null : ChatException.of(why).code();
  }

  void end(@Nullable Scheduled answer, @Nullable Throwable why) {
    answer(answer);
    end = answer == null ? null : answer.state();
    endFailure = why == null ? null : ChatException.of(why).code();
  }

  boolean says(String text) {
    return plans.stream().anyMatch(plan -> plan.text.equals(text));
  }

  /** Whether it was in the log before any time at which it was to say this. */
  boolean isEarly(ChatMessage message) {
    boolean isOriginal = message.revision() == ChatMessage.Revision.ORIGINAL;
    return plans.stream()
        .filter(plan -> !isOriginal || plan.text.equals(message.text()))
        .noneMatch(plan -> !plan.at.isAfter(message.time()));
  }

  /** The first time at which it may have fallen due. */
  Instant earliest() {
    return plans.stream().map(Plan::at).min(Instant::compareTo).orElseThrow();
  }

  private record Plan(String text, Instant at) {}
}

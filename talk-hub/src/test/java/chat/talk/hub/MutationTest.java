package chat.talk.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import chat.talk.testkit.HubFactory;
import chat.talk.testkit.HubSimulation;
import chat.talk.testkit.Violation;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine is broken on purpose, one way at a time: the simulation has to notice each. */
@Timeout(120)
class MutationTest {
  /** A fault may need a rare mishap to show; the sound engine passes all of these seeds. */
  private static final int SEEDS = 60;

  private static Arguments mutant(String name, String type, String sound, String faulty) {
    return arguments(name, type, sound, faulty);
  }

  static Stream<Arguments> mutants() {
    return Stream.of(
        mutant(
            "skips an entry",
            "Tail",
            "int first = indexBehind(cursor.sequence());",
            "int first = Math.min(size, indexBehind(cursor.sequence()) + (size % 7 == 0 ? 1 : 0));"),
        mutant(
            "forgets that a message was sent before",
            "Messages",
            "            room.id(),\n            draft.id(),",
            "            room.id(),\n            ids.message(batch.now()),"),
        mutant(
            "loses how far a device has come when it starts again",
            "State",
            "machine.delivered.put(fact.chat(), fact.cursor());",
            "machine.delivered.put(fact.chat(), rooms.get(fact.chat()).head());"),
        mutant(
            "loses how far a user has read when it starts again",
            "State",
            "member.ranges(), member.read())",
            "member.ranges(), Cursor.START)"),
        mutant(
            "lets those who were removed read on",
            "Rooms",
            "setRanges(batch, membership, membership.closedAt(room.head()));",
            ""),
        mutant(
            "shows those who come back what was said while they were away",
            "Membership",
            "next.add(new Range(head, null));",
            "next.add(new Range(Cursor.START, null));"),
        mutant(
            "forgets to look again when a reader is far behind",
            "LocalSession",
            "if (hasMore || reader.wokenAgain) {",
            "if (reader.wokenAgain) {"),
        mutant(
            "forgets to wake a client that found nothing",
            "LocalSession",
            "      isToBeTold = disarm();\n",
            "      disarm();\n      isToBeTold = false;\n"),
        mutant(
            "takes a user's own messages for unread",
            "Membership",
            "return saved.unread + since - (own - saved.counted.own);",
            "return saved.unread + since;"),
        mutant(
            "shows and answers before it has stored",
            "Loop",
            "() -> store.commit(batch.changes())",
            "() -> Early.commit(store.storage, batch.changes())"),
        mutant(
            "begins a new session at the head",
            "Entrance",
            "Cursor own = resume.get(membership.room.id());",
            "Cursor own = membership.room.head();"),
        mutant(
            "starts a device where another one of its user was",
            "Positions",
            "return delivered.sequence() < read.sequence() ? delivered : read;",
            "return read;"),
        mutant(
            "forgets to write down who has joined",
            "Rooms",
            "    batch.put(membership);\n    batch.then(() -> welcome(membership));",
            "    batch.then(() -> welcome(membership));"),
        mutant(
            "jumps to the head behind a page of the storage",
            "Reader",
            "      tellWhatIsLost(read, found);\n      advance(shown(read.chunk(), range), found);",
            "      advance(shown(read.chunk(), range), found);\n"
                + " cursor = membership.room.head();"),
        mutant(
            "wakes nobody when more than one chat has moved",
            "Batch",
            "    moved.forEach(Room::wake);",
            "    if (moved.size() < 2) {\n      moved.forEach(Room::wake);\n    }"),
        mutant(
            "forgets a user's places in private chats when it starts again",
            "State",
            "      add(new Membership(room,",
            "      if (!room.isPrivate()) add(new Membership(room,"),
        mutant(
            "says nothing of what was lost",
            "Reader",
            "    if (read.lost() && !told) {",
            "    if (false) {"),
        mutant(
            "cancels what was sent",
            "Schedule",
            "    if (!known.waits()) {\n      return Reply.of(() -> known);\n    }\n",
            ""),
        mutant(
            "sends what was cancelled",
            "Schedule",
            "    end(turn.batch(), known, next);\n",
            "    turn.batch().put(next);\n"),
        mutant(
            "forgets what is to be sent later when it starts again",
            "Schedule",
            "    state.plans.values().forEach(plans -> waiting.addAll(plans.waiting()));\n",
            ""),
        mutant(
            "sends together with what is due what is not",
            "Schedule",
            ".takeWhile(one -> !one.at().isAfter(now))",
            ".takeWhile(one -> !waiting.first().at().isAfter(now))"),
        mutant(
            "acknowledges edits and keeps the old text",
            "Messages",
            "    turn.batch().change(new Change.Rewrite(message.key(), edit.text()));\n",
            ""),
        mutant(
            "takes messages from those who are not in the chat",
            "Messages",
            "return state.membership((ChatId) draft.to(), author).room;",
            "return state.rooms.get((ChatId) draft.to());"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mutants")
  void brokenEngineIsFoundOut(
      String name, String type, String sound, String faulty, @TempDir Path folder) {
    HubFactory broken = Mutant.of(type, sound, faulty, folder);
    List<Violation> found = List.of();
    for (int seed = 0; seed < SEEDS && found.isEmpty(); seed++) {
      found = HubSimulation.of(seed, broken).violations();
    }
    assertThat(found).as("what an engine does wrong that " + name).isNotEmpty();
  }
}

package chat.talk.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.ChatId;
import chat.talk.ChatMessage;
import chat.talk.Cursor;
import chat.talk.Draft;
import chat.talk.MessageId;
import chat.talk.MessageKey;
import chat.talk.Recipient;
import chat.talk.UserName;
import chat.talk.room.Chat;
import chat.talk.room.Command;
import chat.talk.room.HubClient;
import chat.talk.room.Progress;
import chat.talk.room.Token;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The methods that a client has for commands. */
final class RoomCommandsTest extends RoomFixture {
  private static final MessageId MESSAGE = MessageId.of("m1");
  private static final Map<Class<?>, Object> ARGUMENTS =
      Map.ofEntries(
          Map.entry(ChatId.class, CHAT),
          Map.entry(UserName.class, ALICE),
          Map.entry(Recipient.class, ALICE),
          Map.entry(MessageId.class, MESSAGE),
          Map.entry(MessageKey.class, new MessageKey(ALICE, MESSAGE)),
          Map.entry(ChatMessage.class, new ChatMessage(CHAT, MESSAGE, ALICE, "1", Instant.EPOCH)),
          Map.entry(Draft.class, draft(1)),
          Map.entry(Cursor.class, place(1)),
          Map.entry(Token.class, TOKEN),
          Map.entry(Duration.class, Duration.ofHours(1)),
          Map.entry(Instant.class, Instant.EPOCH),
          Map.entry(Path.class, Path.of("missing")),
          Map.entry(Progress.class, Progress.NONE),
          Map.entry(String.class, "alice"),
          Map.entry(long.class, 1L),
          Map.entry(int.class, 1),
          Map.entry(boolean.class, true));

  @Test
  void thereIsAMethodForEachCommandThatAUserAsks() throws ReflectiveOperationException {
    HubClient client = open();
    for (Method method : HubClient.class.getMethods()) {
      if (method.isDefault() && method.getReturnType() == CompletableFuture.class) {
        Object[] arguments =
            Arrays.stream(method.getParameterTypes()).map(ARGUMENTS::get).toArray();
        assertThat(arguments).as("arguments of " + method).doesNotContainNull();
        method.invoke(client, arguments);
      }
    }
    Set<Class<?>> asked = new LinkedHashSet<>();
    session().commands().forEach(command -> asked.add(command.getClass()));
    Set<Class<?>> all = new LinkedHashSet<>(List.of(Command.class.getPermittedSubclasses()));
    all.removeAll(Set.of(Command.Acknowledge.class, Command.Identify.class));
    assertThat(asked).isEqualTo(all);
  }

  @Test
  void unreadIsTheSumOverAllChats() {
    HubClient client = open();
    var unread = client.unread();
    session().asked().get(0).answer(List.of(chat(3), chat(0), chat(4)));
    executor.run();
    assertThat(unread).isCompletedWithValue(7L);
  }

  private static Chat chat(long unread) {
    return new Chat(CHAT, Chat.Kind.PRIVATE, "", BOB, false, unread, place(1), place(9));
  }
}

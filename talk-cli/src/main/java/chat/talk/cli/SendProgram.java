package chat.talk.cli;

import chat.talk.Draft;
import chat.talk.Recipient;
import chat.talk.room.Attachment;
import chat.talk.room.ByteSource;
import chat.talk.room.Hub;
import chat.talk.room.HubClient;
import chat.talk.room.HubClientBuilder;
import chat.talk.room.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends one message. */
final class SendProgram {
  private static final int MOST = 64 << 20;

  /** Longer texts are uploaded, and streamed to those who want them. */
  private static final int LARGE = 1 << 18;

  private SendProgram() {}

  static int run(SendCommand command) {
    String text = text(command.words, System.in);
    try (Exit exit = Exit.ready()) {
      Hub hub = exit.opening(command.options.hub::open);
      Arrival arrival = command.options.arrival(hub);
      SecretFile file = exit.opening(arrival.devices()::awaitScript);
      HubClient me = exit.opening(() -> arrival.further(file, HubClientBuilder::readsByItself));
      send(me, command, text);
      return ExitCode.OK;
    }
  }

  /** Sends it, and waits until it is stored. */
  static void send(HubClient me, SendCommand command, String text) {
    Recipient user = command.user();
    Recipient to = user == null ? chat(me, command.chat()) : user;
    Draft draft = Draft.of(to, Attachment.preview(text));
    Seat.finish(
        text.length() > LARGE
            ? me.sendLarge(draft, ByteSource.of(text), Progress.NONE)
            : me.send(Draft.of(to, text)));
  }

  private static Recipient chat(HubClient me, String name) {
    if (name.equals(Rooms.GENERAL.value())) {
      return Rooms.GENERAL;
    }
    Rooms rooms = new Rooms(me.name());
    rooms.learn(Seat.finish(me.chats()));
    rooms.go(rooms.find(name));
    return rooms.recipient();
  }

  /** The words, or what comes in when they are a dash. */
  static String text(List<String> words, InputStream in) {
    return words.equals(List.of("-")) ? read(in) : String.join(" ", words);
  }

  private static String read(InputStream in) {
    try {
      byte[] bytes = in.readNBytes(MOST + 1);
      if (bytes.length > MOST) {
        throw new Failure(ExitCode.FAILED, "stdin holds more than a message may");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    } catch (CharacterCodingException e) {
      throw new Failure(ExitCode.FAILED, "stdin is no UTF-8", e);
    } catch (IOException e) {
      throw new Failure(ExitCode.FAILED, "stdin: " + Printable.reason(e), e);
    }
  }
}

package chat.talk.http;

import static org.assertj.core.api.Assertions.assertThat;

import chat.talk.UserName;
import chat.talk.hub.HubEngine;
import chat.talk.room.Blob;
import chat.talk.room.BlobStore;
import chat.talk.room.ByteSource;
import chat.talk.room.Digest;
import chat.talk.room.FileUpload;
import chat.talk.room.HubClient;
import chat.talk.room.HubStorage;
import chat.talk.room.Login;
import chat.talk.room.Token;
import chat.talk.testkit.TroubledProxy;
import chat.talk.testkit.TroubledProxy.Side;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A telephone line that is slow, and not broken. */
@Timeout(60)
final class SlowLineTest {
  private static final int BYTES_PER_SECOND = 4 * 1024;

  private final HubEngine hub =
      HubEngine.builder(HubStorage.inMemory()).blobs(BlobStore.inMemory(1 << 20)).open();
  private final HttpServer server =
      HubApi.serve(hub, HttpServer.builder().headerTimeout(Duration.ofSeconds(1))).start();

  @AfterEach
  void close() {
    hub.close();
    server.close();
  }

  @Test
  void uploadThatIsSlowerThanOthersIsFinishedAtTheFirstAttempt() {
    byte[] bytes = new byte[4 * BYTES_PER_SECOND];
    new Random(1).nextBytes(bytes);
    Digest.Sum sum = new Digest.Sum();
    sum.add(ByteBuffer.wrap(bytes));
    AtomicInteger attempts = new AtomicInteger();
    try (TroubledProxy line = TroubledProxy.to(server.port());
        HttpHub remote = HttpHub.at("http://127.0.0.1:" + line.port());
        HubClient ada = HubClient.join(remote, login()).start()) {
      Outcomes.of(ada.status());
      line.throttle(Side.CLIENT, BYTES_PER_SECOND);
      CompletableFuture<Blob> upload =
          ada.upload(
              FileUpload.Kind.FILE,
              ByteSource.of(bytes),
              (done, total) -> attempts.addAndGet(done == 0 ? 1 : 0));
      assertThat(Outcomes.of(upload)).isEqualTo(new Blob(sum.digest(), bytes.length));
    }
    assertThat(attempts).hasValue(1);
  }

  private static Login login() {
    return new Login.NewUser(UserName.of("ada"), Token.random());
  }
}

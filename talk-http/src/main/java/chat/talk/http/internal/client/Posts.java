package chat.talk.http.internal.client;

import chat.talk.ChatException;
import chat.talk.http.internal.json.ClientFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/**
 * Sends frames by POST: what is given while some are on their way goes next, together. So they
 * arrive in order.
 */
final class Posts {
  static final MediaType JSON = MediaType.get("application/json");

  /** How many characters go together, about: a server takes more. */
  private static final int ENOUGH = 1 << 20;

  private final OkHttpClient client;
  private final Request request;
  private final String peer;
  private final Consumer<ChatException> onFailure;

  /** Guarded by this, as what follows. */
  private final List<String> waiting = new ArrayList<>();

  private boolean isBusy;

  /**
   * None yet.
   *
   * @param request where to, and what goes with each; its method and body are of no account
   */
  Posts(OkHttpClient client, Request request, String peer, Consumer<ChatException> onFailure) {
    this.client = client;
    this.request = request;
    this.peer = peer;
    this.onFailure = onFailure;
  }

  /** Sends a frame behind those before. */
  void send(String frame) {
    synchronized (this) {
      waiting.add(frame);
      if (isBusy) {
        return;
      }
      isBusy = true;
    }
    post();
  }

  private void post() {
    List<String> together = take();
    if (together.isEmpty()) {
      return;
    }
    String body = ClientFrame.writeAll(together);
    Request post = request.newBuilder().post(RequestBody.create(body, JSON)).build();
    ClientCall.start(client, post, peer, Answers.LIMIT, Posts::requireTaken)
        .result()
        .whenComplete(
            (taken, failure) -> {
              if (failure == null) {
                post();
              } else {
                onFailure.accept(ChatException.of(failure));
              }
            });
  }

  private synchronized List<String> take() {
    List<String> together = new ArrayList<>();
    int size = 0;
    while (size < ENOUGH && together.size() < waiting.size()) {
      String next = waiting.get(together.size());
      together.add(next);
      size += next.length();
    }
    waiting.subList(0, together.size()).clear();
    isBusy = !together.isEmpty();
    return together;
  }

  private static Void requireTaken(int status, byte[] body, String peer) {
    if (status >= 400) {
      throw Answers.refusal(status, body, peer);
    }
    return null;
  }
}

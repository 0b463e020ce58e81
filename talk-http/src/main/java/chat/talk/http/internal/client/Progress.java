package chat.talk.http.internal.client;

import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;

/** How far a call has got. */
final class Progress extends EventListener {
  private volatile boolean connected;
  private volatile boolean sent;

  boolean isConnected() {
    return connected;
  }

  /** Whether a request has gone out whole, or may have. */
  boolean isSent() {
    return sent;
  }

  @Override
  public void requestBodyEnd(Call call, long byteCount) {
    sent = true;
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    connected = true;
  }
}

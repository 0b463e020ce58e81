package chat.talk.http.internal.client;

import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;

/** Whether a call has got as far as to a connection. */
final class Progress extends EventListener {
  private volatile boolean connected;

  boolean isConnected() {
    return connected;
  }

  @Override
  public void connectionAcquired(Call call, Connection connection) {
    connected = true;
  }
}

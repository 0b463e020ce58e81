package chat.talk.http;

import chat.talk.Transport;
import chat.talk.testkit.TransportContract;

final class HttpTransportContractTest extends TransportContract {
  @Override
  protected Transport transport() {
    return new HttpTransport();
  }

  @Override
  protected boolean isSharedThread(Thread thread) {
    return JvmThreads.isOne(thread);
  }
}

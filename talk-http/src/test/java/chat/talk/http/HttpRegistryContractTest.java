package chat.talk.http;

import chat.talk.Registry;
import chat.talk.testkit.RegistryContract;
import org.jetbrains.annotations.Nullable;

final class HttpRegistryContractTest extends RegistryContract {
  private @Nullable HttpServer server;

  @Override
  protected Registry registry() {
    server = RegistryApi.serve(Registry.inMemory(), HttpServer.builder()).start();
    return HttpRegistry.at("http://" + server.host() + ":" + server.port());
  }

  @Override
  protected void close() {
    server.close();
  }
}

package chat.talk.hub;

import chat.talk.UserName;
import chat.talk.room.Hub;
import chat.talk.testkit.HubFileContract;
import chat.talk.testkit.HubOptions;

final class HubEngineContractTest extends HubFileContract {
  @Override
  protected Hub open(HubOptions options) {
    HubOptions.Bans bans = options.bans();
    HubBuilder builder =
        HubEngine.builder(options.storage())
            .scheduler(options.scheduler())
            .lastMessages(options.lastMessages())
            .maxMessageSize(options.maxMessageSize())
            .maxScheduled(options.maxScheduled())
            .bans(BanPolicy.after(bans.reporters(), bans.within(), bans.length()))
            .administrators(options.administrators().toArray(UserName[]::new))
            .closeWithin(options.closeWithin())
            .reconnectWindow(options.reconnectWindow())
            .maxFileSize(options.maxFileSize())
            .maxBodySize(options.maxBodySize())
            .passwordCost(4);
    if (options.blobs() != null) {
      builder.blobs(options.blobs());
    }
    if (options.generalLimit() != null) {
      HubOptions.Limit limit = options.generalLimit();
      builder.generalLimit(LimitPolicy.of(limit.count(), limit.window()));
    }
    if (options.messageTtl() != null) {
      builder.messageTtl(options.messageTtl());
    }
    if (options.authenticator() != null) {
      builder.authenticator(options.authenticator()::apply);
    }
    if (options.presenceInGeneral()) {
      builder.presenceInGeneral();
    }
    return builder.open();
  }
}

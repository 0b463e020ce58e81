package chat.talk.http.internal.hub;

import static chat.talk.http.internal.hub.RestRoute.delete;
import static chat.talk.http.internal.hub.RestRoute.get;
import static chat.talk.http.internal.hub.RestRoute.post;
import static chat.talk.http.internal.hub.RestRoute.put;

import chat.talk.ChatException.Code;
import chat.talk.http.internal.hub.Bodies.Connected;
import chat.talk.http.internal.hub.Bodies.Credentials;
import chat.talk.http.internal.hub.Bodies.NewDevice;
import chat.talk.http.internal.hub.Bodies.NewPassword;
import chat.talk.http.internal.hub.Bodies.OpenDevice;
import chat.talk.room.Command.AddDevice;
import chat.talk.room.Command.Devices;
import chat.talk.room.Command.Identify;
import chat.talk.room.Command.RevokeDevice;
import chat.talk.room.Command.SetPassword;
import chat.talk.room.Command.Status;
import chat.talk.room.Device;
import chat.talk.room.HubStatus;
import chat.talk.room.Identity;
import chat.talk.room.Login;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who the user is, and by what he comes in. */
final class AccountRoutes {
  private AccountRoutes() {}

  static List<RestRoute> all() {
    return List.of(
        post("/v1/connect", "Takes a free name; or comes in with a password, or a credential.")
            .open()
            .takes(Credentials.class)
            .makes(Connected.class, connected -> "/v1/me")
            .fails(Code.UNAUTHENTICATED, Code.NAME_TAKEN)
            .by(AccountRoutes::connect),
        get("/v1/me", "Who the token belongs to.")
            .gives(Identity.class)
            .by(call -> call.ask(new Identify())),
        get("/v1/status", "How things stand: the hub, and the user in it.")
            .gives(HubStatus.class)
            .by(call -> call.ask(new Status())),
        put("/v1/me/password", "Sets the password by which further devices come in.")
            .takes(NewPassword.class)
            .by(call -> call.ask(new SetPassword(call.body().password()))),
        get("/v1/devices", "The user's devices.")
            .givesList(Device.class)
            .by(call -> call.ask(new Devices())),
        post(
                "/v1/devices",
                "Adds a device, which goes when this one is shut out; a token is made unless one is given.")
            .takes(NewDevice.class)
            .makes(OpenDevice.class, device -> "/v1/devices/" + device.id())
            .fails(Code.CONFLICT)
            .by(AccountRoutes::addDevice),
        delete(
                "/v1/devices/{device}",
                "Shuts a device out, with all devices that it let in; tells which these were.")
            .givesList(Device.class)
            .fails(Code.NOT_FOUND)
            .by(call -> call.ask(new RevokeDevice(call.path("device", String.class)))));
  }

  private static CompletableFuture<Connected> connect(RestCall<Credentials> call) {
    Login login = call.body().login();
    return call.ask(login, new Identify()).thenApply(known -> connected(known, login));
  }

  private static Connected connected(Identity known, Login login) {
    return new Connected(known.user(), known.device(), login.token());
  }

  private static CompletableFuture<OpenDevice> addDevice(RestCall<NewDevice> call) {
    AddDevice command = call.body().command();
    return call.ask(command).thenApply(device -> OpenDevice.of(device, command.token()));
  }
}

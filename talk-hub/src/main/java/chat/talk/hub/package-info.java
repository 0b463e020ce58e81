/**
 * A hub in this JVM: {@link chat.talk.hub.HubEngine} begins one.
 *
 * <pre>{@code
 * Hub hub = HubEngine.builder(HubStorage.inMemory()).open();
 * HubClient alice = HubClient.join(hub, "alice").listener(listener).start();
 * }</pre>
 */
package chat.talk.hub;

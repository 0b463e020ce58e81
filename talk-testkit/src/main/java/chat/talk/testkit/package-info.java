/**
 * For tests of what is built with Talk or under it.
 *
 * <p>Whoever implements {@link chat.talk.Transport}, {@link chat.talk.Registry} or {@link
 * chat.talk.Storage} extends the contract of that name, implements its one factory method, and has
 * the tests that every implementation in Talk passes too. {@link chat.talk.testkit.Recorder},
 * {@link chat.talk.testkit.StuckListener} and {@link chat.talk.testkit.SettableClock} serve tests
 * of applications as well.
 *
 * <p>{@link chat.talk.testkit.Simulation} is a world in virtual time that a seed replays, {@link
 * chat.talk.testkit.SimulatedNetwork} and {@link chat.talk.testkit.CrashableHub} are what goes
 * wrong in it, {@link chat.talk.testkit.HistoryChecker} finds out whether anybody was harmed, and
 * {@link chat.talk.testkit.HubSimulation} puts them together.
 */
package chat.talk.testkit;

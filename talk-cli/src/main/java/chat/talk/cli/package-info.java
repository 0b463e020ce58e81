/** The program {@code talk}. Its one public type is the entry point. */
package chat.talk.cli;

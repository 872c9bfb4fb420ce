/**
 * The {@code k23} command.
 *
 * <p>{@link k23.cli.Main} has the subcommands, one class each. {@link k23.cli.build} turns what the
 * user names (a WASM program, a Java payload, a manifest) into a signed image,
 * {@link k23.cli.machine} runs it in QEMU, {@link k23.cli.host} knows the user's machine.
 *
 * <p>Exit statuses: the program's own for {@code run}; otherwise those of BSD's {@code sysexits},
 * {@link k23.cli.ExitStatus}. What a user got wrong is one line with a {@code K23-nnnn} code for
 * each mistake on standard error; a stack trace there is a bug of ours.
 */
package k23.cli;

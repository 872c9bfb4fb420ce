/**
 * From what the user names to a signed image.
 *
 * <p>{@link k23.cli.build.ImageRecipe} is the whole of it: a manifest or one file, options, a key.
 * Programs are compiled ahead of time by {@link k23.cli.build.ProgramCache}, which compiles nothing
 * twice; loader and kernel come with the command, {@link k23.cli.build.SystemFiles}.
 */
package k23.cli.build;

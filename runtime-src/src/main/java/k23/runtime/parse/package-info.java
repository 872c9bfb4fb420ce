/**
 * Reads the binary format (Core 2.0, section 5): sections by
 * {@link k23.runtime.parse.ModuleParser}, one instruction at a time by
 * {@link k23.runtime.parse.Instruction}, after the tables in {@link k23.runtime.parse.Opcode}.
 *
 * {@snippet :
 * ParseResult result = ModuleParser.parse(bytes, 0, bytes.length, Features.CORE_2);
 * if (result.failure().isError()) {
 *     return result.failure();        // "malformed", with the offset
 * }
 * Module module = result.module();
 * }
 *
 * <p>Nothing here throws on any input: the first error is kept by the
 * {@link k23.runtime.parse.BinaryReader}, which from then on is at its end.
 */
package k23.runtime.parse;

package k23.loader.compress;

/**
 * How a decoding ended.
 *
 * @param problem what is wrong, or {@link ZstdProblem#NONE}
 * @param offset  where the header of the frame or block starts that is wrong, in bytes from the
 *                start of the input; the input's length when nothing is
 */
public record ZstdResult(ZstdProblem problem, long offset) {}

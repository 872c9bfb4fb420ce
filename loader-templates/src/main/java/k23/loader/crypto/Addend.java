package k23.loader.crypto;

/**
 * A point in the form in which it is added most cheaply.
 *
 * @param yPlusX    Y + X
 * @param yMinusX   Y - X
 * @param twoZ      2Z
 * @param timesTwoD 2dT
 */
record Addend(FieldElement yPlusX, FieldElement yMinusX, FieldElement twoZ,
        FieldElement timesTwoD) {
    Addend negated() {
        return new Addend(yMinusX, yPlusX, twoZ, timesTwoD.negated());
    }
}

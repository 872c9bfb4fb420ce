/**
 * Regimes: what methods promise for themselves and for everything that they can reach, checked over
 * the call graph; and who may call what touches memory or the machine's state as it is told.
 */
package k23.codegen.compiler.regime;

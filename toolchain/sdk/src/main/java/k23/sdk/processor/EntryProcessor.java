package k23.sdk.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.tools.Diagnostic;
import k23.sdk.Entry;
import k23.sdk.Paging;

/**
 * Rejects every {@link Entry} that is not {@code static void main(int, BootInfo)}, a second entry
 * in one compilation, and options outside their range. Reports all of them, at their places.
 *
 * <ul>
 *   <li>K23-1901: the signature (static, not private, {@code void}, {@code (int, BootInfo)}, no
 *       type parameters, no {@code throws});
 *   <li>K23-1902: more than one entry;
 *   <li>K23-1903: an option out of range.
 * </ul>
 */
@SupportedAnnotationTypes("k23.sdk.Entry")
public final class EntryProcessor extends AbstractProcessor {
    /** The least stack that a hart's entry can work with. */
    static final int MIN_STACK_BYTES = 4 << 10;
    /** The largest stack that the loader sets up. */
    static final int MAX_STACK_BYTES = 16 << 20;
    /** The most harts that the loader starts. */
    static final int MAX_HARTS = 64;

    private static final String ENTRY = "k23.sdk.Entry";
    private static final String BOOT_INFO = "k23.sdk.boot.BootInfo";
    private static final String EXPECTED = "static void main(int hart, BootInfo boot)";

    private final List<ExecutableElement> entries = new ArrayList<>();

    /** Made by javac. */
    public EntryProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (Element element : round.getElementsAnnotatedWith(Entry.class)) {
            if (element instanceof ExecutableElement method) {
                entries.add(method);
                checkSignature(method);
                checkOptions(method);
            }
        }
        if (round.processingOver() && entries.size() > 1) {
            reportSeveral();
        }
        return false;
    }

    private void checkSignature(ExecutableElement method) {
        var faults = new ArrayList<String>();
        var modifiers = method.getModifiers();
        if (!modifiers.contains(Modifier.STATIC)) {
            faults.add("it is not static");
        }
        if (modifiers.contains(Modifier.PRIVATE)) {
            faults.add("it is private");
        }
        if (modifiers.contains(Modifier.NATIVE)) {
            faults.add("it is native");
        }
        if (!method.getTypeParameters().isEmpty()) {
            faults.add("it has type parameters");
        }
        if (method.getReturnType().getKind() != TypeKind.VOID) {
            faults.add("it returns " + method.getReturnType());
        }
        if (!hasEntryParameters(method)) {
            faults.add("its parameters are (" + parameterTypes(method) + ")");
        }
        if (!method.getThrownTypes().isEmpty()) {
            faults.add("it declares exceptions, which nobody could catch");
        }
        if (!faults.isEmpty()) {
            error(
                    method,
                    "K23-1901: @Entry needs the signature `" + EXPECTED + "`; for "
                            + method.getSimpleName() + ", " + String.join(", ", faults));
        }
    }

    private static boolean hasEntryParameters(ExecutableElement method) {
        var parameters = method.getParameters();
        return parameters.size() == 2
                && !method.isVarArgs()
                && parameters.get(0).asType().getKind() == TypeKind.INT
                && parameters.get(1).asType().toString().equals(BOOT_INFO);
    }

    private static String parameterTypes(ExecutableElement method) {
        return method.getParameters().stream()
                .map(VariableElement::asType)
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    private void checkOptions(ExecutableElement method) {
        for (AnnotationMirror mirror : method.getAnnotationMirrors()) {
            var type = (TypeElement) mirror.getAnnotationType().asElement();
            if (type.getQualifiedName().contentEquals(ENTRY)) {
                mirror.getElementValues().forEach((option, value) -> checkOption(
                        method, mirror, option.getSimpleName().toString(), value));
            }
        }
    }

    private void checkOption(
            ExecutableElement method, AnnotationMirror mirror, String name, AnnotationValue value) {
        String fault = switch (name) {
            case "stackBytes" -> outside(MIN_STACK_BYTES, MAX_STACK_BYTES, value);
            case "harts" -> outside(0, MAX_HARTS, value);
            case "paging" -> misordered(value);
            default -> null;
        };
        if (fault != null) {
            processingEnv.getMessager().printMessage(
                    Diagnostic.Kind.ERROR,
                    "K23-1903: @Entry(" + name + " = " + value + ") " + fault,
                    method, mirror, value);
        }
    }

    private static String outside(int low, int high, AnnotationValue value) {
        int number = (Integer) value.getValue();
        return number < low || number > high ? "is outside " + low + ".." + high : null;
    }

    /** A machine that has a mode has all smaller ones: behind a smaller one, none is chosen. */
    private static String misordered(AnnotationValue value) {
        int last = Integer.MAX_VALUE;
        var modes = (List<?>) value.getValue();
        for (Object mode : modes) {
            String name = ((AnnotationValue) mode).getValue().toString();
            int bits = Paging.valueOf(name).bits();
            if (bits >= last) {
                return "has " + name + " behind a mode that is not larger; list the largest first,"
                        + " each once";
            }
            last = bits;
        }
        return modes.isEmpty() ? "names no mode" : null;
    }

    private void reportSeveral() {
        var names = entries.stream()
                .map(e -> e.getEnclosingElement() + "." + e.getSimpleName())
                .sorted()
                .collect(Collectors.joining(", "));
        for (ExecutableElement entry : entries) {
            error(
                    entry,
                    "K23-1902: a payload has one @Entry, this compilation has " + entries.size()
                            + ": " + names + "; remove all but one");
        }
    }

    private void error(ExecutableElement at, String message) {
        processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, message, at);
    }
}

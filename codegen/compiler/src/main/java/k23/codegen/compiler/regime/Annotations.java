package k23.codegen.compiler.regime;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import k23.codegen.compiler.world.ClassNode;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.MethodNode;
import k23.sdk.Regime;

/** Finds the SDK's annotations that concern a method: its own, its types', its package's. */
final class Annotations {
    private final ClassRepository repository;
    private final Map<String, Map<ClassNode, Optional<Found>>> around = new HashMap<>();

    Annotations(ClassRepository repository) {
        this.repository = repository;
    }

    /**
     * An annotation and what carries it.
     *
     * @param annotation the annotation
     * @param holder     the method, type or package, as programs write it
     */
    record Found(Annotation annotation, String holder) {}

    /**
     * A {@code @Exempt}.
     *
     * @param regime from what
     * @param reason why
     */
    record Exemption(Regime regime, String reason) {}

    /** The annotation {@code name} of {@code method} or of its class. */
    static Optional<Annotation> onMethodOrType(MethodNode method, String name) {
        return method.annotation(name).or(() -> method.owner().annotation(name));
    }

    /** The annotation {@code name} that is nearest to {@code method}, from inside out. */
    Optional<Found> nearest(MethodNode method, String name) {
        Optional<Annotation> own = method.annotation(name);
        if (own.isPresent()) {
            return Optional.of(new Found(own.get(), method.owner().binaryName() + "."
                    + method.name()));
        }
        return around.computeIfAbsent(name, _ -> new IdentityHashMap<>())
                .computeIfAbsent(method.owner(), owner -> around(owner, name));
    }

    private Optional<Found> around(ClassNode owner, String name) {
        String type = owner.name();
        int slash = type.lastIndexOf('/');
        for (int end = type.length(); end > slash; end = type.lastIndexOf('$', end - 1)) {
            ClassNode node = repository.find(type.substring(0, end));
            Optional<Annotation> found = node == null ? Optional.empty() : node.annotation(name);
            if (found.isPresent()) {
                return Optional.of(new Found(found.get(), node.binaryName()));
            }
        }
        ClassNode described = slash < 0 || owner.isJdk() ? null
                : repository.find(type.substring(0, slash) + "/package-info");
        return described == null ? Optional.empty() : described.annotation(name).map(found ->
                new Found(found, type.substring(0, slash).replace('/', '.')));
    }

    /** The exemptions of {@code method}, in the order in which they are written. */
    static List<Exemption> exemptions(MethodNode method) {
        List<Annotation> all = new ArrayList<>();
        method.annotation("Exempt").ifPresent(all::add);
        method.annotation("Exemptions").ifPresent(several -> several.elements().stream()
                .map(AnnotationElement::value).map(AnnotationValue.OfArray.class::cast)
                .flatMap(array -> array.values().stream())
                .map(AnnotationValue.OfAnnotation.class::cast)
                .map(AnnotationValue.OfAnnotation::annotation).forEach(all::add));
        return all.stream().map(exempt -> new Exemption(
                Regime.valueOf(ClassNode.text(exempt, "regime")),
                ClassNode.text(exempt, "reason"))).toList();
    }
}

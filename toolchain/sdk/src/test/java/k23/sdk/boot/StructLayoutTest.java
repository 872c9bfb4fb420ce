package k23.sdk.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.TreeMap;
import k23.sdk.At;
import k23.sdk.Struct;
import k23.sdk.sim.Machine;
import k23.sdk.word.Address;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each structure's setters write exactly the bytes that its annotations declare. */
class StructLayoutTest {
    private static final long MARK = 0x1122334455667788L;

    @ParameterizedTest
    @ValueSource(classes = {BootInfo.class, BootHart.class, MemoryRegion.class, PerHart.class})
    void fieldsLieWhereTheyAreDeclaredAndDoNotOverlap(Class<?> type) throws Exception {
        Map<String, Integer> offsets = declaredOffsets(type);
        TreeMap<Integer, String> byOffset = new TreeMap<>();
        for (Method setter : type.getDeclaredMethods()) {
            if (!offsets.containsKey(setter.getName()) || setter.getParameterCount() != 1) {
                continue;
            }
            int offset = offsets.get(setter.getName());
            Address base = Machine.reset().allocate(structSize(type)).start();
            Object view = type.getConstructor(Address.class).newInstance(base);
            setter.invoke(view, word(setter.getParameterTypes()[0]));
            for (int at = 0; at < structSize(type); at += 8) {
                assertEquals(at == offset ? MARK : 0, base.getLong(at), setter + " at " + at);
            }
            assertEquals(word(setter.getParameterTypes()[0]),
                    type.getMethod(setter.getName()).invoke(view));
            String before = byOffset.put(offset, setter.getName());
            assertEquals(null, before, "two fields at " + offset);
        }
        assertTrue(byOffset.size() >= 3, "fields seen: " + byOffset);
    }

    private static Object word(Class<?> type) throws ReflectiveOperationException {
        if (type == long.class) {
            return MARK;
        }
        RecordComponent only = type.getRecordComponents()[0];
        return type.getConstructor(only.getType()).newInstance(MARK);
    }

    private static Map<String, Integer> declaredOffsets(Class<?> type) throws IOException {
        Map<String, Integer> result = new TreeMap<>();
        for (MethodModel method : parse(type).methods()) {
            method.findAttribute(Attributes.runtimeInvisibleAnnotations()).ifPresent(all ->
                    all.annotations().stream().filter(a -> is(a, At.class)).forEach(a ->
                            result.put(method.methodName().stringValue(), intValue(a))));
        }
        return result;
    }

    private static int structSize(Class<?> type) throws IOException {
        return parse(type).findAttribute(Attributes.runtimeInvisibleAnnotations()).orElseThrow()
                .annotations().stream().filter(a -> is(a, Struct.class))
                .mapToInt(StructLayoutTest::intValue).findFirst().orElseThrow();
    }

    private static ClassModel parse(Class<?> type) throws IOException {
        try (var in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return ClassFile.of().parse(in.readAllBytes());
        }
    }

    private static boolean is(Annotation annotation, Class<?> type) {
        return annotation.classSymbol().equals(ClassDesc.of(type.getName()));
    }

    private static int intValue(Annotation annotation) {
        return ((AnnotationValue.OfInt) annotation.elements().getFirst().value()).intValue();
    }
}

package k23.codegen.compiler.heap;

import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import k23.codegen.compiler.diagnostic.Problem;
import k23.codegen.compiler.diagnostic.Refusal;
import k23.codegen.compiler.type.JavaType;
import k23.codegen.compiler.type.Layouts;
import k23.codegen.compiler.type.RecordType;
import k23.codegen.compiler.type.ReferenceType;
import k23.codegen.compiler.type.Scalar;
import k23.codegen.compiler.world.ClassRepository;
import k23.codegen.compiler.world.FieldNode;
import k23.codegen.compiler.world.ObjectLayout;
import k23.codegen.compiler.world.World;
import k23.codegen.link.Definition;
import k23.codegen.link.Relocation;
import k23.codegen.link.Section;

/** Writes the image heap and the static fields as data of the program. */
public final class ImageWriter {
    private static final int MAX_OBJECT_BYTES = 1 << 30;

    private final World world;
    private final ClassRepository repository;
    private final List<Definition> definitions = new ArrayList<>();

    private ImageWriter(World world) {
        this.world = world;
        this.repository = world.repository();
    }

    /** The definitions of all strings, objects and static fields, in a fixed order. */
    public static List<Definition> write(World world) {
        ImageWriter writer = new ImageWriter(world);
        world.heap().strings().forEach(writer::string);
        world.heap().objects().forEach(writer::object);
        world.heap().roots().forEach(writer::field);
        writer.hartLocals();
        return writer.definitions;
    }

    /** Bytes with the places where addresses of objects go. */
    private static final class Data {
        private final ByteBuffer bytes;
        private final List<Relocation> relocations = new ArrayList<>();

        Data(long size) {
            if (size > MAX_OBJECT_BYTES) {
                throw new Refusal(Problem.LIMIT, "an object of " + size + " bytes");
            }
            bytes = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        }

        boolean isZero() {
            for (byte b : bytes.array()) {
                if (b != 0) {
                    return false;
                }
            }
            return relocations.isEmpty();
        }
    }

    private void string(ImageHeap.ImageObject object) {
        String text = (String) object.value();
        Data data = new Data(Layouts.BODY + 2L * text.length());
        data.bytes.putInt(world.typeIds().id(object.type())).putInt(text.length());
        for (int i = 0; i < text.length(); i++) {
            data.bytes.putChar(text.charAt(i));
        }
        add(object.symbol(), data, true);
    }

    private void object(ImageHeap.ImageObject object) {
        Data data;
        if (object.type().startsWith("[")) {
            data = array(object);
        } else {
            ObjectLayout layout = repository.layout(repository.get(object.type()));
            data = new Data(layout.bytes());
            data.bytes.putInt(world.typeIds().id(object.type()));
            for (ObjectLayout.Field field : layout.fields()) {
                put(data, field.offset(), ImageHeap.value(object.value(), field), field.type());
            }
        }
        add(object.symbol(), data, object.readOnly());
    }

    private Data array(ImageHeap.ImageObject object) {
        int length = Array.getLength(object.value());
        JavaType element = repository.type(object.type().substring(1));
        int stride = Layouts.stride(element);
        Data data = new Data(Layouts.BODY + (long) stride * length);
        data.bytes.putInt(world.typeIds().id(object.type())).putInt(length);
        if (object.value() instanceof byte[] bytes) {
            data.bytes.put(bytes);
            return data;
        }
        for (int i = 0; i < length; i++) {
            put(data, Layouts.BODY + i * stride, Array.get(object.value(), i), element);
        }
        return data;
    }

    private void field(FieldNode field, Object value) {
        if (field.isFinal() || field.isHartLocal()) {
            return;
        }
        JavaType type = repository.type(field.descriptor());
        Data data = new Data(Math.max(1, type.bytes()));
        put(data, 0, value, type);
        add(field.symbol(), data, false);
    }

    /** The block with which every hart starts; the loader fills in what is PerHart's. */
    private void hartLocals() {
        HartLocals locals = world.hartLocals();
        if (locals.offsets().isEmpty()) {
            return;
        }
        Data data = new Data(locals.bytes());
        locals.offsets().forEach((field, offset) -> put(data, offset,
                world.heap().root(field), repository.type(field.descriptor())));
        definitions.add(Definition.variable(HartLocals.SYMBOL, data.bytes.array())
                .section(Section.HART_LOCALS).alignment(64).keep()
                .relocations(data.relocations).build());
    }

    private void add(String symbol, Data data, boolean readOnly) {
        Definition.Builder builder = readOnly ? Definition.constant(symbol, data.bytes.array())
                : data.isZero() ? Definition.zero(symbol, data.bytes.capacity())
                : Definition.variable(symbol, data.bytes.array());
        definitions.add(builder.relocations(data.relocations).build());
    }

    private void put(Data data, int offset, Object value, JavaType type) {
        switch (type) {
            case Scalar scalar -> putScalar(data.bytes, offset, value);
            case RecordType record -> {
                // A record is never null: what no initialiser set is all zero.
                if (value != null) {
                    record.components().forEach(c -> put(data, offset + c.offset(),
                            ImageHeap.component(value, c.name()), c.type()));
                }
            }
            case ReferenceType reference -> {
                if (value != null) {
                    data.relocations.add(Relocation.abs64(offset,
                            world.heap().object(value).symbol(), 0));
                }
            }
        }
    }

    private static void putScalar(ByteBuffer bytes, int offset, Object value) {
        switch (value) {
            case Boolean z -> bytes.put(offset, (byte) (z ? 1 : 0));
            case Byte b -> bytes.put(offset, b);
            case Short s -> bytes.putShort(offset, s);
            case Character c -> bytes.putChar(offset, c);
            case Integer i -> bytes.putInt(offset, i);
            case Long j -> bytes.putLong(offset, j);
            case Float x -> bytes.putFloat(offset, x);
            case Double x -> bytes.putDouble(offset, x);
            default -> throw new IllegalStateException("no scalar: " + value);
        }
    }
}

using System.Buffers.Binary;
using System.Text;

namespace PSSysVIpc.Tests.Native;

/// <summary>Makes the least ELF file that a loader would find imported symbols in, of either class.</summary>
internal static class ElfFile
{
    internal const int Dynamic = 0x200;
    internal const int Strings = 0x300;
    internal const int Hash = 0x380;
    internal const int Symbols = 0x400;
    internal const int Size = 0x500;

    // Of no meaning to the reader.
    private const byte GnuHashTag = 0xf5;

    /// <summary>
    /// A file that imports one symbol; where its tables are can be set, to places they aren't at. Nothing but the hash
    /// table says how many symbols there are.
    /// </summary>
    internal static byte[] Importing(
        bool is64,
        string name,
        int symbolsAt = Symbols,
        int stringsAt = Strings,
        int dynamicAt = Dynamic,
        bool hasHash = true
    )
    {
        var bytes = Make(is64, symbols: 2, symbolsAt, stringsAt, dynamicAt);
        if (!hasHash)
            bytes[Dynamic + 4 * (is64 ? 8 : 4)] = GnuHashTag;
        Encoding.ASCII.GetBytes(name).CopyTo(bytes, Strings + 1);
        // The first symbol is nobody's.
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Symbols + (is64 ? 24 : 16)), 1);
        return bytes;
    }

    /// <summary>A program for x86-64 that imports nothing, of which this is the code.</summary>
    internal static byte[] Static(byte[] code)
    {
        var bytes = Make(is64: true, symbols: 0, Symbols, Strings, Dynamic);
        // No dynamic segment.
        bytes[56] = 1;
        return WithCode(bytes, code);
    }

    /// <summary>A program for x86-64 that can be loaded anywhere, and exports one symbol of its own.</summary>
    internal static byte[] StaticExporting(string name, byte[] code)
    {
        var bytes = Importing(is64: true, name);
        // In a section of its own; and in place of the end, DT_FLAGS_1 with DF_1_PIE.
        bytes[Symbols + 24 + 6] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Dynamic + 3 * 16), 0x6ffffffb);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Dynamic + 3 * 16 + 8), 0x08000000);
        return WithCode(bytes, code);
    }

    private static byte[] WithCode(byte[] bytes, byte[] code)
    {
        // EM_X86_64; and the segment that is loaded may be executed and has as much as there is.
        bytes[18] = 62;
        bytes[64 + 4] = 1;
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(64 + 32), Size + code.Length);
        return [.. bytes, .. code];
    }

    /// <summary>The start of a file that says it has so many symbols.</summary>
    internal static byte[] Claiming(bool is64, uint symbols) => Make(is64, symbols, Symbols, Strings, Dynamic);

    private static byte[] Make(bool is64, uint symbols, int symbolsAt, int stringsAt, int dynamicAt)
    {
        var bytes = new byte[Size];
        var word = is64 ? 8 : 4;
        "\u007fELF"u8.CopyTo(bytes);
        bytes[4] = (byte)(is64 ? 2 : 1);
        bytes[5] = 1;
        Number(is64 ? 32 : 28, is64 ? 64 : 52);
        Half(is64 ? 54 : 42, (ushort)(is64 ? 56 : 32));
        Half(is64 ? 56 : 44, 2);
        Segment(0, type: 1, offset: 0, size: 1 << 30);
        Segment(1, type: 2, offset: dynamicAt, size: 4 * 2 * word);
        // DT_SYMTAB, DT_STRTAB, DT_HASH, and the end.
        (int Tag, int Value)[] tags = [(6, symbolsAt), (5, stringsAt), (4, Hash), (0, 0)];
        for (var i = 0; i < tags.Length; i++)
        {
            Number(Dynamic + i * 2 * word, tags[i].Tag);
            Number(Dynamic + (i * 2 + 1) * word, tags[i].Value);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(Hash + 4), symbols);
        return bytes;

        void Segment(int index, uint type, long offset, long size)
        {
            var at = is64 ? 64 + index * 56 : 52 + index * 32;
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), type);
            Number(at + (is64 ? 8 : 4), offset);
            Number(at + (is64 ? 16 : 8), offset);
            Number(at + (is64 ? 32 : 16), size);
        }

        void Half(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), value);

        void Number(int at, long value)
        {
            if (is64)
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(at), value);
            else
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(at), (uint)value);
        }
    }
}

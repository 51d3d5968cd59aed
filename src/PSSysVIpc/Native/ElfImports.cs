using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace PSSysVIpc.Native;

/// <summary>
/// Which IPC calls an ELF file (elf(5)) can make: what it imports, from its dynamic symbol table; of a program that
/// brings its own C library, what its code shows. Nothing in the file is trusted: every offset and count is checked
/// against the file and against bounds of ours, and what doesn't fit is an answer of null.
/// </summary>
internal sealed class ElfImports
{
    private const int MaximumHeaders = 1024;
    private const int MaximumDynamicEntries = 4096;
    private const int MaximumSymbols = 500_000;
    private const int ChunkSize = 48 * 1024;
    private const uint DynamicSegment = 2;
    private const uint LoadedSegment = 1;
    private const uint DynamicSymbolSection = 11;
    private const uint MayBeExecuted = 1;
    private const int X64Machine = 62;
    private const long NeededTag = 1;
    private const long HashTag = 4;
    private const long StringTableTag = 5;
    private const long SymbolTableTag = 6;
    private const long NameTag = 14;
    private const long FlagsTag = 0x6ffffffb;
    private const long IsProgram = 0x08000000;
    private const int FixedProgram = 2;

    // The longest of SystemCallNames and its end.
    private const int NameSize = 24;

    private readonly SafeFileHandle _file;
    private readonly Deadline _deadline;
    private readonly long _length;
    private readonly bool _is64;
    private readonly byte[] _header;

    // As the C library does.
    private bool _definesCalls;

    private bool _isProgram;

    // Finds and attaches segments, and neither asks about any nor uses other objects.
    private bool _onlyAttaches;

    private bool _isOpenSsl;

    private ElfImports(SafeFileHandle file, Deadline deadline, long length, byte[] header)
    {
        _file = file;
        _deadline = deadline;
        _length = length;
        _header = header;
        _is64 = header[4] == 2;
    }

    /// <param name="file">A regular file, open for reading.</param>
    /// <param name="deadline">Until when.</param>
    /// <returns>The calls it can make; None also for a file that is no ELF file; null where it is damaged, or nobody
    /// can tell.</returns>
    /// <exception cref="ExaminationException">The time is over.</exception>
    internal static IpcCalls? Read(SafeFileHandle file, Deadline deadline)
    {
        try
        {
            var length = RandomAccess.GetLength(file);
            var header = new byte[64];
            var size = RandomAccess.Read(file, header, 0);
            if (size < 4 || !header.AsSpan(0, 4).SequenceEqual("\u007fELF"u8))
                return IpcCalls.None;
            // 1 and 2 are the classes of 32 and 64 bits, 1 the byte order of every machine this module runs on.
            if (size < 52 || header[4] is not (1 or 2) || header[5] != 1 || (header[4] == 2 && size < 64))
                return null;
            return new ElfImports(file, deadline, length, header).Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    private readonly record struct Segment(uint Type, uint Flags, long Address, long Offset, long Size)
    {
        internal bool Has(long address) => Type == LoadedSegment && address >= Address && address - Address < Size;
    }

    private IpcCalls? Read()
    {
        var segments = ReadSegments();
        if (segments.Find(segment => segment.Type == DynamicSegment) is not { Type: DynamicSegment } dynamic)
            return ReadCode(segments);
        var tags = ReadDynamic(dynamic);
        _isProgram = Half(16) == FixedProgram || (tags.GetValueOrDefault(FlagsTag) & IsProgram) != 0;
        var imports = ReadImports(tags, segments);
        // What needs no other file is linked statically, to be loaded anywhere, or a C library, which is no suspect.
        // A program says that it is one, and may export what is in it. Where code can't be searched, only those count.
        var isAlone = !tags.ContainsKey(NeededTag) && (_isProgram || !_definesCalls);
        return isAlone && (_isProgram || IsForX64) ? ReadCode(segments) | imports : imports;
    }

    private IpcCalls? ReadImports(Dictionary<long, long> tags, List<Segment> segments)
    {
        if (
            !tags.TryGetValue(SymbolTableTag, out var symbolAddress)
            || !tags.TryGetValue(StringTableTag, out var stringAddress)
        )
            return null;
        var symbolSize = _is64 ? 24 : 16;
        var symbols = ToOffset(symbolAddress, segments);
        var count = CountSymbols(tags, segments, symbolAddress, stringAddress, symbolSize);
        if (count is <= 0 or > MaximumSymbols)
            return null;
        var strings = ToOffset(stringAddress, segments);
        var isNamedOpenSsl = IsNamedOpenSsl(tags, strings);
        var isAlone = !tags.ContainsKey(NeededTag);
        var calls = ReadSymbols(symbols, count, symbolSize, strings, readsOwn: isAlone || isNamedOpenSsl);
        return _onlyAttaches && isNamedOpenSsl && _isOpenSsl ? IpcCalls.None : calls;
    }

    // Half of the machine's servers have it loaded. Where the kernel is older than 4.8 it leaves a mark for others of
    // its kind, a segment of one byte with a key of its own, and stays attached; it knows no other segment
    // (wait_random_seeded in providers/implementations/rands/seeding/rand_unix.c of OpenSSL).
    private bool IsNamedOpenSsl(Dictionary<long, long> tags, long strings) =>
        !_isProgram
        && tags.TryGetValue(NameTag, out var name)
        && Bytes(strings + name, OpenSslName.Length).AsSpan().SequenceEqual(OpenSslName);

    private static ReadOnlySpan<byte> OpenSslName => "libcrypto.so."u8;

    private bool IsForX64 => _is64 && Half(18) == X64Machine;

    // No field has the number of symbols. Each of these is it, or bounds it from above, or is absent. (A GNU hash table
    // tells only where what the file defines begins, and that no better than any number where it defines nothing.)
    private long CountSymbols(
        Dictionary<long, long> tags,
        List<Segment> segments,
        long symbolAddress,
        long stringAddress,
        int symbolSize
    )
    {
        var count = CountFromSections(symbolSize);
        if (tags.TryGetValue(HashTag, out var hash))
            count = Math.Max(count, Word(ToOffset(hash, segments) + 4));
        if (stringAddress > symbolAddress)
            count = Math.Max(count, (stringAddress - symbolAddress) / symbolSize);
        var end = segments.Find(segment => segment.Has(symbolAddress)) is { Size: > 0 } segment
            ? Math.Min(_length, segment.Offset + segment.Size)
            : _length;
        var most = (end - ToOffset(symbolAddress, segments)) / symbolSize;
        // Where nothing bounds it they end with what is loaded; what lies there and is none has no such name.
        return count > 0 ? Math.Min(count, most) : Math.Min(most, MaximumSymbols);
    }

    // Which numbers other machines use, and how, isn't known here.
    private IpcCalls? ReadCode(List<Segment> segments)
    {
        if (!IsForX64)
            return null;
        var found = IpcCalls.None;
        foreach (var code in segments.Where(segment => (segment.Flags & MayBeExecuted) != 0))
        {
            // Cut off: what is missing can make any.
            if (code.Offset > _length - code.Size)
                return null;
            found |= SystemCallNumbers.Find(_file, code.Offset, code.Size, _deadline);
        }

        return found;
    }

    private List<Segment> ReadSegments()
    {
        var offset = Address(_header.AsSpan(_is64 ? 32 : 28));
        int size = Half(_is64 ? 54 : 42),
            count = Half(_is64 ? 56 : 44),
            expected = _is64 ? 56 : 32;
        if (count is 0 or > MaximumHeaders || size != expected)
            throw new InvalidDataException();
        var table = Bytes(offset, size * count);
        var segments = new List<Segment>(count);
        for (var i = 0; i < count; i++)
        {
            var entry = table.AsSpan(i * size, size);
            var type = BinaryPrimitives.ReadUInt32LittleEndian(entry);
            if (type is LoadedSegment or DynamicSegment)
            {
                segments.Add(
                    _is64
                        ? new(type, Word(entry[4..]), Address(entry[16..]), Address(entry[8..]), Address(entry[32..]))
                        : new(type, Word(entry[24..]), Address(entry[8..]), Address(entry[4..]), Address(entry[16..]))
                );
            }
        }

        return segments;
    }

    private Dictionary<long, long> ReadDynamic(Segment dynamic)
    {
        var size = _is64 ? 16 : 8;
        var count = (int)Math.Min(dynamic.Size / size, MaximumDynamicEntries);
        var table = Bytes(dynamic.Offset, count * size);
        var tags = new Dictionary<long, long>();
        for (var i = 0; i < count; i++)
        {
            var entry = table.AsSpan(i * size, size);
            var tag = _is64
                ? BinaryPrimitives.ReadInt64LittleEndian(entry)
                : BinaryPrimitives.ReadUInt32LittleEndian(entry);
            if (tag == 0)
                break;
            // Other tags have values that are no addresses.
            if (tag is HashTag or StringTableTag or SymbolTableTag or NeededTag or NameTag or FlagsTag)
                tags.TryAdd(tag, Address(entry[(size / 2)..]));
        }

        return tags;
    }

    private long CountFromSections(int symbolSize)
    {
        var offset = Address(_header.AsSpan(_is64 ? 40 : 32));
        int size = Half(_is64 ? 58 : 46),
            count = Half(_is64 ? 60 : 48),
            expected = _is64 ? 64 : 40;
        // Sections may be stripped; then the other counts must do.
        if (offset == 0 || count is 0 or > MaximumHeaders || size != expected || offset > _length - (long)size * count)
            return 0;
        var table = Bytes(offset, size * count);
        for (var i = 0; i < count; i++)
        {
            var entry = table.AsSpan(i * size, size);
            if (BinaryPrimitives.ReadUInt32LittleEndian(entry[4..]) == DynamicSymbolSection)
                return Address(entry[(_is64 ? 32 : 20)..]) / symbolSize;
        }

        return 0;
    }

    private IpcCalls ReadSymbols(long offset, long count, int size, long strings, bool readsOwn)
    {
        var (uses, controls) = (IpcCalls.None, IpcCalls.None);
        var chunk = new byte[ChunkSize / size * size];
        Span<byte> name = stackalloc byte[NameSize];
        for (long read = 0; read < count * size; read += chunk.Length)
        {
            var part = chunk.AsSpan(0, (int)Math.Min(chunk.Length, count * size - read));
            Fill(offset + read, part);
            for (; !part.IsEmpty; part = part[size..])
            {
                var section = BinaryPrimitives.ReadUInt16LittleEndian(part[(_is64 ? 6 : 14)..]);
                var nameOffset = strings + BinaryPrimitives.ReadUInt32LittleEndian(part);
                if (nameOffset == strings || nameOffset >= _length)
                    continue;
                // What the file defines itself it doesn't import: so the C library is no suspect.
                var isImport = section == 0;
                if (!isImport && !readsOwn)
                    continue;
                _deadline.Check();
                var text = name[..RandomAccess.Read(_file, name, nameOffset)];
                text = text[..Math.Max(0, text.IndexOf((byte)0))];
                if (isImport)
                {
                    uses |= SystemCallNames.UseOf(text);
                    controls |= SystemCallNames.ControlOf(text);
                }
                else
                {
                    _definesCalls |= SystemCallNames.UseOf(text) != IpcCalls.None;
                    _isOpenSsl |= text.SequenceEqual("OPENSSL_init_crypto"u8);
                }
            }
        }

        _onlyAttaches = uses == IpcCalls.SharedMemory && controls == IpcCalls.None;
        // A library that only controls objects of all kinds removes what a user has left (RemoveIPC of systemd, which
        // all of its programs have loaded), and uses none.
        const IpcCalls all = IpcCalls.Semaphore | IpcCalls.SharedMemory | IpcCalls.MessageQueue;
        return uses == IpcCalls.None && controls == all && !_isProgram ? IpcCalls.None : uses | controls;
    }

    private static long ToOffset(long address, List<Segment> segments)
    {
        foreach (var segment in segments)
        {
            if (segment.Has(address))
                return address - segment.Address + segment.Offset;
        }

        throw new InvalidDataException();
    }

    private long Address(ReadOnlySpan<byte> at)
    {
        if (!_is64)
            return BinaryPrimitives.ReadUInt32LittleEndian(at);
        var value = BinaryPrimitives.ReadInt64LittleEndian(at);
        return value is >= 0 and <= long.MaxValue / 4 ? value : throw new InvalidDataException();
    }

    private int Half(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_header.AsSpan(offset));

    private uint Word(long offset) => Word(Bytes(offset, 4));

    private static uint Word(ReadOnlySpan<byte> at) => BinaryPrimitives.ReadUInt32LittleEndian(at);

    private byte[] Bytes(long offset, int count)
    {
        // Checked before anything is allocated.
        if (offset < 0 || offset > _length - count)
            throw new InvalidDataException();
        var bytes = new byte[count];
        Fill(offset, bytes);
        return bytes;
    }

    private void Fill(long offset, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            _deadline.Check();
            var count = RandomAccess.Read(_file, bytes, offset);
            if (count == 0)
                throw new InvalidDataException();
            bytes = bytes[count..];
            offset += count;
        }
    }
}

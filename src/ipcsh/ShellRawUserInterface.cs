using System.Globalization;
using System.Management.Automation.Host;

namespace PSSysVIpc.Shell;

/// <summary>The terminal's size; what the engine's views are laid out for. The rest of a console isn't offered.</summary>
internal sealed class ShellRawUserInterface : PSHostRawUserInterface
{
    private const int DefaultWidth = 120;
    private const int DefaultHeight = 50;
    public override Size BufferSize { get => WindowSize; set { } }
    public override Size WindowSize
    {
        get => Console.IsOutputRedirected ? new(RedirectedWidth, DefaultHeight) : new(Console.WindowWidth, Console.WindowHeight);
        set { }
    }
    public override Size MaxWindowSize => WindowSize;
    public override Size MaxPhysicalWindowSize => WindowSize;
    public override Coordinates CursorPosition { get; set; }
    public override Coordinates WindowPosition { get; set; }
    public override int CursorSize { get; set; } = 25;
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;
    public override bool KeyAvailable => false;
    public override string WindowTitle { get; set; } = "ipcsh";

    // A pipe or a file has no width: a wide one keeps the last columns, unless the caller says otherwise.
    private static int RedirectedWidth =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0
            ? width
            : DefaultWidth;
    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new NotSupportedException("ipcsh reads lines, not keys.");
    public override void FlushInputBuffer() { }
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw new NotSupportedException("ipcsh can't read the screen.");
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) { }
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) { }
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) { }
}

using PSSysVIpc.Shell;

const int badUsage = 64;

if (args is ["-h" or "-help" or "-Help" or "--help" or "-?"])
{
    Console.Out.WriteLine(Options.Usage);
    return 0;
}

var options = Options.Parse(args);
if (options is null || options.File is { } path && !File.Exists(path))
{
    Console.Error.WriteLine($"ipcsh: no such option or script, or a value is missing: {string.Join(' ', args)}\n\n{Options.Usage}");
    return badUsage;
}

using var shell = new Session(options);
return options switch
{
    { Command: { } text } => shell.Run(text),
    { File: { } script } => shell.RunFile(Path.GetFullPath(script), options.Arguments),
    _ => new Prompt(shell).Run(),
};

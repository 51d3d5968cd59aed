using PSSysVIpc.Shell;

const int badUsage = 64;

if (args is ["-h" or "-help" or "-Help" or "--help" or "-?"])
{
    Console.Out.WriteLine(Options.Usage);
    return 0;
}

var options = Options.Parse(args);
var fault = options is null ? $"no such option, or its value is missing: {string.Join(' ', args)}"
    : options.File is { } path && !File.Exists(path) ? $"there is no script {path}"
    : null;
if (fault is not null)
{
    Console.Error.WriteLine($"ipcsh: {fault}\n\n{Options.Usage}");
    return badUsage;
}

using var shell = new Session(options!);
return options switch
{
    { Command: { } text } => shell.Run(text),
    { File: { } script } => shell.RunFile(Path.GetFullPath(script), options.Arguments),
    _ => new Prompt(shell).Run(),
};
